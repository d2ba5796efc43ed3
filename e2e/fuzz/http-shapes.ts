import { bytesOf } from './door.ts'

const crlf = (...lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`
const upgradeWith = (first: string, ...more: string[]): string =>
  crlf(
    first,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...more,
  )

/** The request that opens the feed. */
export const feedUpgrade = (token: string): Uint8Array =>
  bytesOf(upgradeWith('GET /feed HTTP/1.1', `Authorization: Bearer ${token}`))

/** Requests as they are made, and some that nobody should make: what raw garbage is made of. */
export const requestCorpus = (token: string): readonly Uint8Array[] => {
  const host = 'Host: 127.0.0.1'
  const may = `Authorization: Bearer ${token}`
  const ndjson = 'Content-Type: application/x-ndjson'
  return [
    upgradeWith('GET /feed HTTP/1.1', may),
    upgradeWith(
      'GET /feed?x=%00%ff HTTP/1.1',
      may,
      'Sec-WebSocket-Extensions: permessage-deflate; x=1',
    ),
    upgradeWith('GET // HTTP/1.1'),
    upgradeWith('GET http://[ HTTP/1.1'),
    upgradeWith('GET /feed HTTP/1.1', 'Origin: null', 'Sec-WebSocket-Protocol: ,,'),
    crlf('GET /healthz HTTP/1.1', host, may),
    crlf('GET // HTTP/1.1', host, may),
    crlf('GET http://[::1 HTTP/1.1', host, may),
    crlf('GET http://other.example/healthz HTTP/1.1', host),
    crlf('OPTIONS * HTTP/1.1', host, may),
    crlf('CONNECT 127.0.0.1:1 HTTP/1.1', host, may),
    crlf('TRACE /healthz HTTP/1.1', host, may),
    crlf('HEAD /metrics HTTP/1.0', host, may),
    crlf('GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1', host, may),
    crlf('GET /api/state?now=%ff&audience=%%%% HTTP/1.1', host, may),
    `${crlf('POST /ingest/alive HTTP/1.1', host, may, ndjson, 'Content-Length: 16')}{"source":"cad"}`,
    `${crlf('POST /ingest/alive HTTP/1.1', host, may, ndjson, 'Transfer-Encoding: chunked')}10\r\n{"source":"cad"}\r\n0\r\n\r\n`,
    `${crlf('POST /ingest/events HTTP/1.1', host, may, ndjson, 'Expect: 100-continue', 'Content-Length: 2')}{}`,
    'GET /healthz\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    crlf(
      'GET /healthz HTTP/1.1',
      host,
      ...Array.from({ length: 90 }, (_, n) => `X-${n}: ${'y'.repeat(50)}`),
    ),
  ].map(bytesOf)
}

/** A second request hidden in the first: where two readers would see its end in two places, there must be no second. */
export const smuggled = (
  token: string,
): readonly (readonly [name: string, bytes: Uint8Array])[] => {
  const hidden = crlf(
    'GET /healthz?hidden HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${token}`,
  )
  const head = (...more: string[]): string =>
    crlf(
      'POST /ingest/alive HTTP/1.1',
      'Host: 127.0.0.1',
      `Authorization: Bearer ${token}`,
      'Content-Type: application/x-ndjson',
      ...more,
    )
  const shapes: readonly (readonly [string, string])[] = [
    [
      'a length and chunks',
      `${head('Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n${hidden}`,
    ],
    ['two lengths', `${head('Content-Length: 0', `Content-Length: ${hidden.length}`)}${hidden}`],
    ['a length of two', `${head(`Content-Length: 0, ${hidden.length}`)}${hidden}`],
    ['a length with a sign', `${head('Content-Length: +0')}${hidden}`],
    ['chunks that are none', `${head('Transfer-Encoding: xchunked')}0\r\n\r\n${hidden}`],
    ['chunks twice', `${head('Transfer-Encoding: chunked, identity')}0\r\n\r\n${hidden}`],
    ['a name with a space', `${head('Transfer-Encoding : chunked')}0\r\n\r\n${hidden}`],
    [
      'a folded header',
      `${head('Transfer-Encoding:\r\n chunked', 'Content-Length: 5')}0\r\n\r\n${hidden}`,
    ],
    ['a chunk of a bad size', `${head('Transfer-Encoding: chunked')}0x0\r\n\r\n${hidden}`],
    [
      'a line feed alone',
      `${head('Transfer-Encoding: chunked').replaceAll('\r\n', '\n')}0\n\n${hidden}`,
    ],
  ]
  return shapes.map(([name, text]) => [name, bytesOf(text)] as const)
}
