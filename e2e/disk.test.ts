import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { straceFault } from '../tools/strace.ts'
import { injectFault, mountSmallDisk } from './broken-disk.ts'
import { type Load, startLoad } from './load.ts'
import { openProgramScreen, type ProgramScreen } from './program-screen.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

const noStrace = straceFault()
const smallDisk = mountSmallDisk(40)
smallDisk?.unmount()
if (noStrace) console.log(`skipped: failing disks (${noStrace})`)
if (!smallDisk) console.log('skipped: a full disk (mounting is not permitted here)')

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const healthOf = async (server: ServerProcess) => {
  const answer = await fetch(`${server.url}/healthz`)
  const body = (await answer.json()) as {
    status: string
    recording: boolean
    faults: { id: string }[]
  }
  return { httpStatus: answer.status, ...body, ids: body.faults.map(({ id }) => id) }
}

const startAll = async (
  env: Record<string, string> = {},
): Promise<{ server: ServerProcess; screen: ProgramScreen; load: Load }> => {
  const server = await createServerProcess(env)
  cleanUps.push(() => server.remove())
  await server.start()
  const screen = openProgramScreen(server.url, server.token)
  cleanUps.push(() => screen.stop())
  const load = startLoad(server, { senders: 4, eventsPerPost: 20, everyMs: 20 })
  cleanUps.push(() => load.stop())
  await waitFor('events are acknowledged', () => load.acknowledged.size > 500)
  return { server, screen, load }
}

const inJournal = async (server: ServerProcess): Promise<Set<string>> =>
  new Set((await server.sentJournal()).map(({ id }) => id))

/** The oracle: whatever was acknowledged is there, now and after a kill, and nothing that was never sent. */
const expectNothingLost = async (server: ServerProcess, load: Load): Promise<void> => {
  await load.stop()
  for (const when of ['now', 'after a kill']) {
    if (when === 'after a kill') {
      await server.end('SIGKILL')
      await server.start()
    }
    const kept = await inJournal(server)
    const lost = [...load.acknowledged].filter((id) => !kept.has(id))
    const unexpected = [...kept].filter((id) => !load.attempted.has(id))
    expect({ when, lost, unexpected }).toEqual({ when, lost: [], unexpected: [] })
  }
}

/** What a fault of the disk's must look like from outside, from its beginning to its end. */
const expectStopAndGoOn = async (
  { server, screen, load }: Awaited<ReturnType<typeof startAll>>,
  begin: () => Promise<() => unknown>,
): Promise<string> => {
  const { pid } = server
  const beganMs = performance.now()
  const end = await begin()
  const toldMs = await waitFor('the wall says "not recording"', () => !screen.link.recording)
  expect(screen.link.faults.map(({ id }) => id)).toContain('journal')
  const health = await healthOf(server)
  expect([health.httpStatus, health.status, health.recording]).toEqual([
    503,
    'not recording',
    false,
  ])
  expect(health.ids).toContain('journal')
  const stoppedAfterMs = Math.max(0, load.acknowledgedAtMs - beganMs)
  const acknowledged = load.acknowledged.size
  await sleep(3000)
  expect(load.acknowledged.size).toBe(acknowledged)
  expect(load.refusals.get(503)).toBeGreaterThan(3)
  expect(load.retryAfters).toBe(load.refusals.get(503))

  await end()
  const recoveredMs = await waitFor('it records again', () => load.acknowledged.size > acknowledged)
  await waitFor('the wall says so', () => screen.link.recording)
  expect(screen.link.faults.map(({ id }) => id)).not.toContain('journal')
  await waitFor('/healthz says so', async () => (await healthOf(server)).httpStatus === 200)
  expect(server.pid).toBe(pid)
  await expectNothingLost(server, load)
  const { gap, dup, reorder } = screen.link
  expect({ gap, dup, reorder }).toEqual({ gap: 0, dup: 0, reorder: 0 })
  return (
    `last acknowledgement ${stoppedAfterMs.toFixed(0)} ms after the fault began, told after ${toldMs.toFixed(0)} ms, ` +
    `recording again ${recoveredMs.toFixed(0)} ms after it ended; ${load.acknowledged.size} acknowledged, 0 lost`
  )
}

it.runIf(smallDisk)(
  'stops acknowledging on a full disk, says so, and goes on by itself',
  async () => {
    const disk = mountSmallDisk(40)!
    cleanUps.push(() => disk.unmount())
    const all = await startAll({ WANGLOU_DATA: join(disk.folder, 'data') })
    // a disk of 40 MiB has never room enough
    await waitFor('the wall warns', () => all.screen.link.faults.some(({ id }) => id === 'disk'))
    const ballast = join(disk.folder, 'ballast')
    const said = await expectStopAndGoOn(all, async () => {
      const file = openSync(ballast, 'w')
      for (let bytes = 1 << 20; bytes >= 1; ) {
        try {
          writeSync(file, Buffer.alloc(bytes))
        } catch {
          bytes >>= 1
        }
      }
      closeSync(file)
      return () => rmSync(ballast)
    })
    console.log(`ENOSPC: ${said}`)
  },
)

it.runIf(!noStrace).each([
  ['EIO of every sync', 'fsync,fdatasync:error=EIO'],
  ['EIO of every write', 'pwrite64:error=EIO'],
  ['EROFS', 'pwrite64,fsync,fdatasync,ftruncate:error=EROFS'],
  ['ENOSPC of every write', 'pwrite64:error=ENOSPC'],
])('stops acknowledging at %s, says so, and goes on by itself', async (name, inject) => {
  const all = await startAll()
  const said = await expectStopAndGoOn(all, () => injectFault(all.server.pid!, inject))
  console.log(`${name}: ${said}`)
})

it.runIf(!noStrace)(
  'is killed in the middle of a failing disk and has kept what it acknowledged',
  async () => {
    const { server, load } = await startAll()
    const end = await injectFault(server.pid!, 'fsync,fdatasync:error=EIO:when=1+3')
    await sleep(1500)
    await server.end('SIGKILL')
    await end()
    await server.start()
    await waitFor('events are acknowledged', () => performance.now() - load.acknowledgedAtMs < 100)
    await expectNothingLost(server, load)
    console.log(
      `every third sync failing, then a kill: ${load.acknowledged.size} acknowledged, 0 lost`,
    )
  },
)

it.runIf(!noStrace)('says with figures that the disk is slow, and stops saying so', async () => {
  const { server, screen, load } = await startAll()
  const slow = () => screen.link.faults.find(({ id }) => id === 'disk-slow')
  expect(slow()).toBeUndefined()
  const end = await injectFault(server.pid!, 'fsync,fdatasync:delay_enter=2000000')
  const toldMs = await waitFor('the wall says so', () => slow() !== undefined)
  await waitFor('with p99', () =>
    /p99 of the last \d+ commits [2-9]\.\d s/.test(slow()?.message ?? ''),
  )
  const says = slow()!.message
  // slow is not broken
  expect((await healthOf(server)).httpStatus).toBe(200)
  await end()
  const clearedMs = await waitFor('it is quick again', () => !slow(), 90_000)
  await expectNothingLost(server, load)
  console.log(
    `syncs of 2 s: told after ${toldMs.toFixed(0)} ms ("${says}"), cleared ${clearedMs.toFixed(0)} ms after they ended`,
  )
})
