import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom } from '#mock/random.ts'
import { fragments, strangeFrame, wsFrame } from '../fuzz/frames.ts'
import { feedUpgrade, requestCorpus, smuggled } from '../fuzz/http-shapes.ts'
import { mutateBytes } from '../fuzz/mutate-bytes.ts'
import { exchange, inTurns, openRaw } from '../fuzz/raw-socket.ts'
import { shown } from '../fuzz/shrink.ts'
import { createServerProcess, type ServerProcess } from '../server-process.ts'
import { waitFor } from '../wait-for.ts'
import type { Break, Options } from './break.ts'
import { memoryOf } from './process-memory.ts'

/** What a server is to keep of all that was thrown at it, MiB of RSS; what it may not keep on any machine; and of one flood. */
const growthMibAtMost = 96
const leakMib = 256
const floodMibAtMost = 48
/** Beyond this it hangs, however busy the machine is. */
const hangsAfterMs = 30_000
/** Node lets go of a request whose headers are not there after 60 s, and looks every 30 s. */
const slowHeadersMs = 100_000

/** So many of each, for a minute or for a quarter of an hour. */
const amounts = (isShort: boolean) =>
  isShort
    ? { requests: 300, screens: 80, refused: 400, idle: 200, fragments: 131_072, answerMs: 60 }
    : {
        requests: 30_000,
        screens: 5000,
        refused: 20_000,
        idle: 1000,
        fragments: 131_072,
        answerMs: 60,
      }

const rssMib = (server: ServerProcess): number => {
  if (server.pid === null) throw new Error('the server is gone')
  return memoryOf(server.pid).rssMib
}

/** Throws unless the server lives, answers, failed on nothing, said nothing of it, and let everybody go. */
const wantsWell = async (server: ServerProcess, after: string): Promise<void> => {
  const problem = (what: string) =>
    new Error(`after ${after}: ${what}\n${server.output().slice(-2000)}`)
  if (server.pid === null) throw problem('the server is gone')
  await waitFor(
    `${after}: every screen has been let go`,
    async () => {
      const answer = await fetch(`${server.url}/healthz`, {
        signal: AbortSignal.timeout(hangsAfterMs),
      })
      const { clients } = (await answer.json()) as { clients: number }
      return answer.status === 200 && clients === 0
    },
    2 * hangsAfterMs,
  )
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  const failures = metrics.match(/^wanglou_failures_total\{.*\} (?!0$).*$/gm)
  if (failures) throw problem(failures.join(' '))
  if (/uncaught|unhandled|"level":"error"/i.test(server.output()))
    throw problem('its log tells of a fault')
}

/** Throws unless more than half came of it: what is never answered tries nothing. */
const wantsMost = (what: string, seen: number, of: number): void => {
  if (seen <= of / 2) throw new Error(`${what}: only ${seen} of ${of}`)
}

/** Requests cut, doubled and spliced: each is answered in HTTP or not at all, and none with a 500. */
const garbage = async (server: ServerProcess, seed: number, count: number, answerMs: number) => {
  const corpus = requestCorpus(server.token)
  let answered = 0
  await inTurns(count, 40, async (n) => {
    const random = createRandom(`${seed} http ${n}`)
    const bytes = mutateBytes(random.pick(corpus), random, () => random.pick(corpus))
    const answer = await exchange(server.port, bytes, answerMs)
    if (!/^(HTTP\/1\.1 [1-5]\d\d |$)/.test(answer) || answer.startsWith('HTTP/1.1 500'))
      throw new Error(
        `request ${n} of seed ${seed} (${shown(bytes)}) is answered ${shown(Buffer.from(answer))}`,
      )
    if (answer !== '') answered += 1
  })
  wantsMost('requests answered', answered, count)
}

/** What one reader takes for one request is never two. */
const hidden = async (server: ServerProcess): Promise<number> => {
  const shapes = smuggled(server.token)
  for (const [name, bytes] of shapes) {
    const answer = await exchange(server.port, bytes, hangsAfterMs)
    const answers = answer.match(/HTTP\/1\.1 \d\d\d/g) ?? []
    if (answers.length !== 1 || answers[0] !== 'HTTP/1.1 400')
      throw new Error(`${name}: answered ${answers.join(', ') || 'nothing'}`)
  }
  return shapes.length
}

/** An open feed, or null where the upgrade is refused: too many at once. */
const tryFeed = async (server: ServerProcess): Promise<Socket | null> => {
  const socket = await openRaw(server.port)
  const opened = Promise.race([once(socket, 'data'), once(socket, 'close')]).catch(() => [])
  socket.write(feedUpgrade(server.token))
  const [first] = (await opened) as [unknown?]
  if (Buffer.isBuffer(first) && first.toString('latin1').startsWith('HTTP/1.1 101')) return socket
  socket.destroy()
  return null
}

/** An open feed: whoever is refused comes again. */
const openFeed = async (server: ServerProcess): Promise<Socket> => {
  for (let tries = 0; tries < 100; tries++) {
    const socket = await tryFeed(server)
    if (socket) return socket
    await sleep(100)
  }
  throw new Error('the feed never opened')
}

/** Frames that no browser sends; a hello among them now and then, so that there is something to spoil. */
const frames = async (server: ServerProcess, seed: number, count: number) => {
  const hello = wsFrame(1, Buffer.from('{"kind":"hello","protocol":2,"audience":"wall"}'))
  let open = 0
  // no faster than upgrades are let through
  await inTurns(count, 8, async (n) => {
    const random = createRandom(`${seed} frames ${n}`)
    const socket = await tryFeed(server)
    if (!socket) return void (await sleep(100))
    open += 1
    socket.resume()
    if (random.chance(0.4)) socket.write(hello)
    const stream = Buffer.concat(
      Array.from({ length: random.int(1, 6) }, () => strangeFrame(random)),
    )
    // in pieces that end anywhere
    const cut = random.int(0, stream.length)
    socket.write(stream.subarray(0, cut))
    await sleep(random.int(0, 5))
    socket.write(stream.subarray(cut))
    await Promise.race([once(socket, 'close').catch(() => {}), sleep(30)])
    socket.destroy()
    await sleep(100)
  })
  wantsMost('feeds opened', open, count)
}

/** What a process holds depends on when it collects: it fails where no collection explains it, else it is told. */
const wantsNoLeak = (what: string, grownMib: number, atMost: number, missed: string[]): void => {
  const told = `${what} ${grownMib.toFixed(0)} MiB of RSS`
  if (!(grownMib <= leakMib)) throw new Error(told)
  if (grownMib > atMost) missed.push(`${told} (≤ ${atMost})`)
}

/** A flood on one socket, whose sender never reads: the server ends it, and holds nothing of it. */
const flood = async (
  server: ServerProcess,
  what: string,
  bytes: Buffer,
  missed: string[],
): Promise<void> => {
  const socket = await openFeed(server)
  socket.pause()
  const before = rssMib(server)
  let isOver = false
  socket.once('close', () => {
    isOver = true
  })
  socket.write(bytes)
  await waitFor(
    `${what} is ended`,
    async () => {
      if (!isOver && socket.writable) socket.write(bytes.subarray(0, 1))
      return isOver
    },
    4 * hangsAfterMs,
  )
  const grownMib = rssMib(server) - before
  wantsNoLeak(`${what} left`, grownMib, floodMibAtMost, missed)
}

/** Connections that say nothing, or never come to the end of what they say. */
const slow = async (server: ServerProcess, count: number, waitsForEnd: boolean): Promise<void> => {
  const starts = [
    '',
    'GET /healthz HTTP/1.1\r\nHost: x\r\nX: ',
    'POST /ingest/alive HTTP/1.1\r\nHo',
  ]
  const sockets = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const socket = await openRaw(server.port)
      socket.resume()
      socket.write(starts[n % starts.length]!)
      return socket
    }),
  )
  const drip = setInterval(() => {
    for (const [n, socket] of sockets.entries())
      if (n % starts.length === 1 && socket.writable) socket.write('y')
  }, 1000)
  try {
    const answer = await fetch(`${server.url}/healthz`, {
      signal: AbortSignal.timeout(hangsAfterMs),
    })
    if (answer.status !== 200) throw new Error(`with ${count} slow senders: ${answer.status}`)
    for (let waitedMs = 0; waitsForEnd && waitedMs < slowHeadersMs; waitedMs += 1000) {
      if (sockets.every(({ closed }) => closed)) break
      await sleep(1000)
    }
    const left = sockets.filter(({ closed }) => !closed).length
    if (waitsForEnd && left > 0) throw new Error(`${left} of ${count} slow senders are still held`)
  } finally {
    clearInterval(drip)
    for (const socket of sockets) socket.destroy()
  }
}

const batches = async (
  server: ServerProcess,
  { isShort, seed, tell }: Options,
  missed: string[],
): Promise<number> => {
  const many = amounts(isShort)
  let done = 0
  const batch = async (name: string, count: number, run: () => Promise<unknown>) => {
    const startedMs = performance.now()
    await run()
    await wantsWell(server, name)
    done += count
    const tookS = ((performance.now() - startedMs) / 1000).toFixed(1)
    tell(`${name}: ${count}, ${tookS} s, RSS ${rssMib(server).toFixed(0)} MiB`)
  }
  const refused = async () => {
    const upgrade = Buffer.from(
      'GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n',
    )
    await inTurns(many.refused, 40, async () => void (await exchange(server.port, upgrade, 500)))
    // the bucket of handshakes is empty then, and fills again
    await sleep(2000)
  }
  const pings = Buffer.concat(Array.from({ length: 200_000 }, () => wsFrame(9, Buffer.alloc(100))))
  const huge = Buffer.from(`GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(1 << 20)}\r\n\r\n`)
  await batch('requests that are none', many.requests, () =>
    garbage(server, seed, many.requests, many.answerMs),
  )
  await batch('requests in requests', 10, () => hidden(server))
  await batch('headers of 1 MiB', 20, () =>
    inTurns(20, 10, async () => void (await exchange(server.port, huge, 500))),
  )
  await batch('refused upgrades', many.refused, refused)
  await batch('frames that are none', many.screens, () => frames(server, seed, many.screens))
  await batch('a message in pieces', many.fragments, () =>
    flood(server, 'a message in pieces', fragments(many.fragments), missed),
  )
  await batch('pings that nobody hears answered', 200_000, () =>
    flood(server, 'pings that nobody hears answered', pings, missed),
  )
  await batch('slow senders', many.idle, () => slow(server, many.idle, !isShort))
  return done
}

/** P8: what no decoder sees, because HTTP and WebSocket themselves are broken first. */
export const socketsFuzz: Break = {
  id: 'T8-sockets',
  title: 'Raw sockets bring broken HTTP, upgrades, frames, floods and silence',
  isSeeded: true,
  async run(options) {
    const server = await createServerProcess()
    try {
      await server.start()
      const before = rssMib(server)
      const missed: string[] = []
      const runs = await batches(server, options, missed)
      const grownMib = rssMib(server) - before
      wantsNoLeak('all of it left', grownMib, growthMibAtMost, missed)
      return {
        runs,
        figures: `0 uncaught, 0 failures told, one process; RSS ${before.toFixed(0)} → ${(before + grownMib).toFixed(0)} MiB`,
        missed,
      }
    } finally {
      await server.remove()
    }
  },
}
