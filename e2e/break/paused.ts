import { ok, strictEqual } from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { protocolVersion } from '#protocol/feed.ts'
import { type EventOf, startLoad } from '../load.ts'
import type { ServerProcess } from '../server-process.ts'
import { openStuckReader } from '../stuck-reader.ts'
import { waitFor } from '../wait-for.ts'
import { assertAnswered, assertKept, noAnswer } from './account.ts'
import type { Break } from './break.ts'
import { openCrowd } from './crowd.ts'
import { onServer } from './on-server.ts'
import { kernelHolds, memoryOf } from './process-memory.ts'
import { ms, quantile } from './spread.ts'

const paused = 5
const messagesPerSecond = 500
const capBytes = 1024 * 1024
const growthAtMostMib = paused + 20
const evictedWithinS = 5
/** How long they are looked at, s; less on demand. */
const pausedForS = Number(process.env.WANGLOU_PAUSED_S ?? 600)
/** Beyond this it hangs, however busy the machine is. */
const hangsAfterMs = 180_000
const latencyFactor = 1.1

/**
 * So large that the kernel's own buffers are full before the server has waited for a pong in vain: of 3 KB within
 * seconds, of 1 KB in some twenty. With smaller ones it is the pong that tells, after 33 s.
 */
const eventWith =
  (count: number): EventOf =>
  (id, source) => {
    const units = Array.from({ length: count }, (_, n) => `${'u'.repeat(55)}${n}`)
    const body = { incident: 'large', units }
    return { id, type: 'incident.dispatched', at: Date.now(), source, body } as { id: string }
  }

/** Reads all that a screen is sent, and counts it as it is on the wire. */
const openMeter = async ({
  url,
  token,
}: ServerProcess): Promise<{ bytes(): number; stop(): void }> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/feed`, {
    headers: { authorization: `Bearer ${token}` },
  })
  let bytes = 0
  socket.on('message', (message: Buffer) => {
    const { length } = message
    bytes += length + (length < 126 ? 2 : length < 65_536 ? 4 : 10)
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ kind: 'hello', protocol: protocolVersion, audience: 'wall' }))
  await once(socket, 'message')
  return { bytes: () => bytes, stop: () => socket.terminate() }
}

/** When a reader's backlog in the server first passed the cap, and when the server let one go. */
const watchReaders = (server: ServerProcess, stuck: readonly Socket[], sentBytes: () => number) => {
  const overAtMs = new Map<number, number>()
  const goneAtMs = new Map<number, number>()
  const evictedAtMs: number[] = []
  const rssMib: number[] = []
  const ports = stuck.map(({ localPort }) => localPort!)
  const readBefore = new Map(stuck.map(({ localPort, bytesRead }) => [localPort!, bytesRead]))
  const timer = setInterval(() => {
    if (server.pid === null) return
    const now = performance.now()
    rssMib.push(memoryOf(server.pid!).rssMib)
    const sent = sentBytes()
    for (const [port, { bytes, isServed }] of kernelHolds(ports)) {
      // closed: what is left of it is nobody's backlog
      if (!isServed) {
        if (!goneAtMs.has(port)) goneAtMs.set(port, now)
        continue
      }
      if (sent - bytes - readBefore.get(port)! > capBytes && !overAtMs.has(port))
        overAtMs.set(port, now)
    }
    const evictions = server.output().split('was too slow and was let go').length - 1
    while (evictedAtMs.length < evictions) evictedAtMs.push(now)
  }, 100)
  return {
    evictedAtMs,
    rssMib,
    areAllGone: () => goneAtMs.size === stuck.length,
    /**
     * From over the cap to let go, by reader: the server's log names none, but it closes their sockets in the order in
     * which it let them go. Each within a tenth of a second.
     */
    heldS: (): number[] =>
      [...goneAtMs.keys()].flatMap((port, n) => {
        const overAt = overAtMs.get(port)
        return overAt === undefined ? [] : [(evictedAtMs[n]! - overAt) / 1000]
      }),
    stop: () => clearInterval(timer),
  }
}

export const pausedReaders: Break = {
  id: 'T3.1',
  title:
    'five of 50 screens stop reading at 500 messages a second for ten minutes (of 16, a few seconds, larger messages in the short form)',
  isSeeded: false,
  run: ({ isShort, seed, tell }) =>
    onServer({}, async (server, own) => {
      const healthy = (isShort ? 16 : 50) - paused
      const crowd = own(
        openCrowd(server, {
          screens: healthy,
          seed: `T3.1/${seed}`,
          spreadMs: 1000,
          isHasty: true,
        }),
      )
      const load = own(
        startLoad(server, {
          senders: 10,
          eventsPerPost: 5,
          everyMs: (10 * 5 * 1000) / messagesPerSecond,
          eventOf: eventWith(isShort ? 50 : 16),
        }),
      )
      const standing = async () => crowd.look()
      await waitFor(
        'every screen is live',
        async () => (await standing()).live === healthy,
        hangsAfterMs,
      )
      // what a young process takes for itself is no backlog
      await sleep(isShort ? 1000 : 30_000)
      await standing()
      const calmRssMib: number[] = []
      for (let n = 0; n < (isShort ? 20 : 300); n++) {
        calmRssMib.push(memoryOf(server.pid!).rssMib)
        await sleep(100)
      }
      const calm = (await standing()).latenciesMs
      const { reconnects } = await standing()

      const meter = own(await openMeter(server))
      const stuck = await Promise.all(Array.from({ length: paused }, () => openStuckReader(server)))
      own({ stop: () => stuck.forEach((socket) => void socket.destroy()) })
      const watch = own(watchReaders(server, stuck, meter.bytes))
      const startMs = performance.now()
      await waitFor(
        'the server has let go of all that do not read',
        () => watch.evictedAtMs.length >= paused,
        hangsAfterMs,
      )
      const evictedS = (performance.now() - startMs) / 1000
      tell(`all ${paused} let go ${evictedS.toFixed(0)} s after they stopped reading`)
      const whilePaused = (await standing()).latenciesMs
      await waitFor('the server has closed their sockets', watch.areAllGone, hangsAfterMs)
      const heldS = watch.heldS()
      const longestS = Math.max(...heldS)
      await sleep(isShort ? 0 : Math.max(0, 1000 * pausedForS - (performance.now() - startMs)))
      const after = await standing()
      await load.stop()
      watch.stop()
      assertAnswered(load, [noAnswer, 503])

      const metrics = await server.metrics()
      const evictions = metrics.get('wanglou_feed_slow_evictions_total')!
      ok(evictions >= paused, `${evictions} evictions`)
      // whose backlog nobody saw may have been let go for nothing
      strictEqual(heldS.length, paused, 'the backlog of every paused reader was seen')
      const isSentAway = evictions > paused || after.reconnects > reconnects
      const rows = await server.journal()
      assertKept(load, rows)
      await waitFor(
        'every screen is at the head',
        async () => {
          const { seq } = await (await fetch(`${server.url}/healthz`)).json()
          return (await standing()).seqs[0] === seq
        },
        hangsAfterMs,
      )
      const growthMib = Math.max(...watch.rssMib) - Math.max(...calmRssMib)
      const [calmP99, pausedP99] = [quantile(calm, 0.99), quantile(whilePaused, 0.99)]
      const missed = [
        // healthy ones that a starved machine keeps from reading are slow too
        isSentAway &&
          `${evictions - paused} others let go, ${after.reconnects - reconnects} returns of healthy screens`,
        growthMib > growthAtMostMib && `RSS +${growthMib.toFixed(0)} MiB`,
        longestS > evictedWithinS && `let go ${longestS.toFixed(1)} s after the cap was passed`,
        pausedP99 > latencyFactor * calmP99 &&
          `p99 ${(pausedP99 / calmP99).toFixed(2)} × without them`,
      ].filter((each) => each !== false)
      return {
        runs: paused,
        figures:
          `${load.acknowledged.size} events; slow evictions ${evictions}, each of the ${paused} at most ${longestS.toFixed(1)} s after 1 MiB was waiting for it in the server (≤ 5 s), ` +
          `${evictedS.toFixed(0)} s after it stopped reading; RSS ${growthMib < 0 ? '' : '+'}${growthMib.toFixed(0)} MiB over the highest without them (≤ ${growthAtMostMib}); ` +
          `healthy p99 ${ms(pausedP99)} next to ${ms(calmP99)} without them (within 10 %), ${isSentAway ? 'some' : 'none'} of them sent away`,
        missed,
      }
    }),
}
