import { crc32, deflateSync } from 'node:zlib'

const chunk = (kind: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(content.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A PNG of grey and alpha: `pixels` holds two bytes a pixel, row by row from the top. */
export const greyAlphaPng = (widthPx: number, heightPx: number, pixels: Uint8Array): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthPx, 0)
  header.writeUInt32BE(heightPx, 4)
  // 8 bits a channel, colour type 4 (grey and alpha), deflate, adaptive filters, not interlaced
  header.set([8, 4, 0, 0, 0], 8)
  const rowBytes = widthPx * 2
  const filtered = Buffer.alloc((rowBytes + 1) * heightPx)
  for (let y = 0; y < heightPx; y++) {
    const from = y * rowBytes
    const to = y * (rowBytes + 1)
    filtered[to] = 2
    for (let x = 0; x < rowBytes; x++) {
      const above = y > 0 ? pixels[from + x - rowBytes]! : 0
      filtered[to + 1 + x] = pixels[from + x]! - above
    }
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(filtered, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
