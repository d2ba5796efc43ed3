import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { mixOf } from '../../bench/ingest/mix.ts'
import { openProgramScreen } from '../program-screen.ts'
import { createServerProcess, type ServerProcess } from '../server-process.ts'
import { waitFor } from '../wait-for.ts'
import type { Break, Options, Shown } from './break.ts'

/** What is promised of the event loop's delay under any load, ms (P9). */
const p99AtMostMs = 50
const maxAtMostMs = 200

const probe = fileURLToPath(new URL('loop-probe.ts', import.meta.url))
const linesPerRequest = 10_000
const bytesPerRequest = 8 * 1024 * 1024

/** Beyond this it hangs, however busy the machine is. */
const hangsAfterMs = 240_000

const same = (what: string, seen: unknown, wanted: unknown): void => {
  const [one, other] = [JSON.stringify(seen), JSON.stringify(wanted)]
  if (one !== other) throw new Error(`${what}: ${one}, not ${other}`)
}

/** A connection of its own: one that rested while this process made its lines may be closed at the other end by then. */
const reach = (url: string, { headers, ...init }: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, headers: { ...headers, connection: 'close' } })

const post = async (
  { url, token }: ServerProcess,
  body: string,
  type = 'application/x-ndjson',
): Promise<Record<string, unknown>> => {
  const answer = await reach(`${url}/ingest/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': type,
    },
    body,
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.json()
}
const ndjson = (lines: readonly unknown[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')

const took = ({ accepted, duplicate, refused, quarantined }: Record<string, unknown>) => ({
  accepted,
  duplicate,
  refused: (refused as unknown[]).length,
  quarantined,
})

/** How late the event loop was since it was last read, ms; and the seq of the last checkpoint. */
const readLoop = async ({ url, token }: ServerProcess) => {
  const answer = await reach(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const text = await answer.text()
  const figureOf = (name: string) => {
    const line = text.split('\n').find((each) => each.startsWith(`wanglou_${name} `))
    const value = Number(line?.split(' ')[1])
    if (!Number.isFinite(value)) throw new Error(`/metrics says no ${name}: ${line}`)
    return value
  }
  return {
    p99Ms: 1000 * figureOf('event_loop_delay_seconds{quantile="0.99"}'),
    longestMs: 1000 * figureOf('event_loop_delay_seconds{quantile="1"}'),
    checkpointSeq: figureOf('checkpoint_seq'),
  }
}
type Loop = Awaited<ReturnType<typeof readLoop>>

const reports = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `open-${from + n}`,
    type: 'incident.reported',
    at: Date.now(),
    source: 'free-loop',
    body: {
      incident: `open-${from + n}`,
      category: 'traffic',
      level: 3,
      lon: 100.8,
      lat: 22,
      division: '532801',
      summary: '主干道：两车剐蹭，无人受伤',
    },
  }))

/** One load and what must come of it; throws where it does not. */
type Load = [what: string, run: (look: () => Promise<Loop>) => Promise<void>]

const loadsOf = (server: ServerProcess, { isShort, tell }: Options): Load[] => {
  const good = ndjson(mixOf(linesPerRequest, Date.now()))
  const wrongs = [
    { id: '13800000000', type: 'incident.handled', at: 1, source: 's', body: { incident: '1' } },
    { id: 'a', type: 'incident.reported', at: 1, source: 's', body: { incident: '1', level: 9 } },
    { id: 'a', type: 'incident.exploded', at: 1, source: 's', body: { remark: '找13800000000' } },
    { id: 'a', type: 'incident.handled', at: 1, source: 's', body: { incident: '1', x: 'y' } },
  ]
  const refused = Array.from({ length: linesPerRequest }, (_, n) =>
    n % 5 === 4 ? '{"id":"a","type":\n' : `${JSON.stringify(wrongs[n % 5])}\n`,
  ).join('')
  const depth = bytesPerRequest / 2
  const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`
  const open = isShort ? 20_000 : 100_000
  const none = { accepted: 0, duplicate: 0, refused: 0 }
  const head = async () => Number((await (await reach(`${server.url}/healthz`)).json()).seq)

  return [
    [
      '10,000 good lines',
      async () =>
        same('good', took(await post(server, good)), {
          ...none,
          accepted: linesPerRequest,
          quarantined: 0,
        }),
    ],
    [
      'the same again',
      async () =>
        same('doubled', took(await post(server, good)), {
          ...none,
          duplicate: linesPerRequest,
          quarantined: 0,
        }),
    ],
    [
      '10,000 refused',
      async () => {
        const { quarantined, ...counts } = took(await post(server, refused))
        same('refused', counts, { ...none, refused: linesPerRequest })
      },
    ],
    [
      '8 MiB of nesting in a line',
      async () =>
        same('nested', took(await post(server, nested)), { ...none, refused: 1, quarantined: 1 }),
    ],
    [
      '8 MiB of nesting in an array',
      async () => {
        const { refused } = took(await post(server, nested, 'application/json'))
        same('nested array', refused, 1)
      },
    ],
    [
      'pages of the journal',
      async () => {
        const rows = await server.journal()
        same('gaps in the journal', rows.filter(({ seq }, n) => seq !== n + 1).length, 0)
        if (rows.length < linesPerRequest) throw new Error(`the journal has ${rows.length} rows`)
      },
    ],
    [
      `${open.toLocaleString('en-US')} open incidents`,
      async () => {
        for (let from = 0; from < open; from += linesPerRequest) {
          const answer = await post(server, ndjson(reports(from, linesPerRequest)))
          same('reports', answer.accepted, linesPerRequest)
        }
      },
    ],
    [
      'a newcomer’s snapshot of them, under load',
      async () => {
        let isJoining = true
        const lines = mixOf(2000, Date.now())
        const nth = (n: number) => ({ ...lines[n % 2000]!, id: `s:${n}` })
        let sent = 0
        const sending = (async () => {
          for (; isJoining || sent < 500; sent += 100) {
            const some = Array.from({ length: 100 }, (_, n) => nth(sent + n))
            same('under load', took(await post(server, ndjson(some))), {
              ...none,
              accepted: 100,
              quarantined: 0,
            })
          }
        })()
        // its fault is thrown where it is awaited; until then it is nobody's
        sending.catch(() => {})
        const screen = openProgramScreen(server.url, server.token)
        try {
          await waitFor(
            'the newcomer has joined',
            () => screen.link?.state === 'live',
            hangsAfterMs,
          )
          isJoining = false
          await sending
          const seq = await head()
          await waitFor('the newcomer has all', () => screen.link.seq >= seq, hangsAfterMs)
          const { gap, dup, reorder } = screen.link
          same('the newcomer missed', { gap, dup, reorder }, { gap: 0, dup: 0, reorder: 0 })
          const { byNumber } = screen.states.get('incidents') as { byNumber: Map<string, unknown> }
          const seen = Array.from(byNumber.keys()).filter((number) => number.startsWith('open-'))
          same('open on its screen', seen.length, open)
        } finally {
          isJoining = false
          await sending.catch(() => {})
          screen.stop()
        }
      },
    ],
    [
      'a checkpoint of them',
      async (look) => {
        const before = await head()
        const lines = mixOf(12_000, Date.now()).map((line) => ({ ...line, id: `c:${line.id}` }))
        await post(server, ndjson(lines.slice(0, 6000)))
        // the last one may have been a moment ago: a server that has had a rest makes the next with the next event
        const startMs = performance.now()
        for (let n = 6000; (await look()).checkpointSeq < before; n += 20) {
          if (n >= lines.length) throw new Error('no checkpoint within five minutes')
          await post(server, ndjson(lines.slice(n, n + 20)))
          await sleep(1000)
        }
        tell(`a checkpoint after ${((performance.now() - startMs) / 1000).toFixed(0)} s`)
      },
    ],
  ]
}

/** The worst that the doors take, one after the other, and how late the event loop was during each. */
export const freeLoop: Break = {
  id: 'T9',
  title: 'the worst legal requests, and the event loop’s delay during each',
  isSeeded: false,
  async run(options): Promise<Shown> {
    const server = await createServerProcess({ NODE_OPTIONS: `--import=${probe}` })
    const figures: string[] = []
    const missed: string[] = []
    const loads = loadsOf(server, options)
    try {
      await server.start()
      // the start itself is no load, nor is the first compilation of what all use
      await post(
        server,
        ndjson(mixOf(200, Date.now()).map((line) => ({ ...line, id: `w:${line.id}` }))),
      )
      await sleep(500)
      if (!/^loop-probe 0$/m.test(server.output()))
        throw new Error('the probe is not in the server')
      for (const [what, run] of loads) {
        await readLoop(server)
        const looks: Loop[] = []
        const look = async () => {
          looks.push(await readLoop(server))
          return looks.at(-1)!
        }
        const printedBefore = server.output().length
        await run(look)
        await look()
        const p99Ms = Math.max(...looks.map((each) => each.p99Ms))
        const longestMs = Math.max(...looks.map((each) => each.longestMs))
        const turns = server
          .output()
          .slice(printedBefore)
          .matchAll(/^loop-probe (\S+)$/gm)
        const busyMs = Math.max(0, ...Array.from(turns, ([, ms]) => Number(ms)))
        const figure =
          `${what}: p99 ${p99Ms.toFixed()} ms, longest ${longestMs.toFixed()} ms, ` +
          `of which the server worked at most ${busyMs.toFixed()} ms`
        options.tell(figure)
        figures.push(figure)
        if (p99Ms > p99AtMostMs || longestMs > maxAtMostMs) missed.push(figure)
      }
    } finally {
      await server.remove()
    }
    const promise = `at most p99 ${p99AtMostMs} ms, longest ${maxAtMostMs} ms`
    return { runs: loads.length, figures: `${promise}; ${figures.join('; ')}`, missed }
  },
}
