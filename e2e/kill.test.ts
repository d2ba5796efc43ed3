import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { ownSource } from '#protocol/source.ts'
import { definitions } from '#topics/index.ts'
import { genesis, partsOf, verifyChain } from '../server/journal/chain.ts'
import { foldOf } from './journal-fold.ts'
import { openProgramScreen } from './program-screen.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { waitFor } from './wait-for.ts'

const cycles = Number(process.env.WANGLOU_KILL_CYCLES ?? 20)
const eventsPerPost = 7

/** Sends numbered events until told to stop, and keeps which were tried and which were acknowledged. */
const createWriter = (server: ServerProcess, name: string) => {
  const attempted = new Set<string>()
  const acknowledged = new Set<string>()
  let counter = 0
  let isRunning = true
  const run = async (): Promise<void> => {
    while (isRunning) {
      const ids = Array.from({ length: eventsPerPost }, () => `${name}-${++counter}`)
      for (const id of ids) attempted.add(id)
      const body = definitions['incident.reported']!.example
      const lines = ids.map((id) => ({
        id,
        type: 'incident.reported',
        at: Date.now(),
        source: name,
        body: { ...body, incident: id },
      }))
      try {
        const { accepted, refused } = await server.post(lines)
        expect([accepted, refused]).toEqual([eventsPerPost, []])
        for (const id of ids) acknowledged.add(id)
      } catch (fault) {
        // the server is down: what was not acknowledged is simply not known
        if ((fault as Error).message !== 'fetch failed') throw fault
        await sleep(10)
      }
    }
  }
  const ended = run()
  return {
    attempted,
    acknowledged,
    stop() {
      isRunning = false
      return ended
    },
  }
}

it(`loses nothing acknowledged in ${cycles} kills under load, doubles nothing, and screens resume without a gap`, async () => {
  const server = await createServerProcess()
  await server.start()
  const { epoch } = await (await fetch(`${server.url}/healthz`)).json()
  const screens = [
    openProgramScreen(server.url, server.token),
    openProgramScreen(server.url, server.token),
  ]
  const writers = ['w1', 'w2', 'w3', 'w4'].map((name) => createWriter(server, name))
  let killedUnderLoad = 0
  for (let cycle = 0; cycle < cycles; cycle++) {
    const before = writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
    await sleep(50 + Math.random() * 600)
    await server.end('SIGKILL')
    const after = writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
    if (after > before) killedUnderLoad += 1
    await server.start()
  }
  await sleep(200)
  await Promise.all(writers.map((writer) => writer.stop()))

  // the server journals what it notices by itself too: read until every screen is at what was read
  let rows = await server.journal()
  await waitFor('every screen is at the head', async () => {
    if (screens.every(({ link }) => link.seq === rows.length)) return true
    rows = await server.journal()
    return false
  })
  const read = new Set(rows.map(({ id }) => id))
  const acknowledged = writers.flatMap((writer) => [...writer.acknowledged])
  const attempted = new Set(writers.flatMap((writer) => [...writer.attempted]))
  const lost = acknowledged.filter((id) => !read.has(id))
  const unexpected = rows.filter(({ id, source }) => source !== ownSource && !attempted.has(id))
  expect({ lost, unexpected, doubled: rows.length - read.size }).toEqual({
    lost: [],
    unexpected: [],
    doubled: 0,
  })
  expect(verifyChain(rows.map(partsOf), { seq: 0, hash: genesis }).seq).toBe(rows.length)
  expect((await (await fetch(`${server.url}/healthz`)).json()).epoch).toBe(epoch)
  expect(killedUnderLoad).toBeGreaterThan(cycles / 2)
  expect(acknowledged.length).toBeGreaterThan(cycles * eventsPerPost)

  const oracle = foldOf(rows)
  for (const screen of screens) {
    const { seq, gap, dup, reorder, reconnects } = screen.link
    expect({ seq, gap, dup, reorder }).toEqual({ seq: rows.length, gap: 0, dup: 0, reorder: 0 })
    expect(reconnects).toBeGreaterThanOrEqual(cycles / 2)
    expect(screen.states).toEqual(oracle)
    screen.stop()
  }
  console.log(
    `${cycles} kills, ${killedUnderLoad} under load: ${acknowledged.length} acknowledged, ${rows.length} in the journal, 0 lost, 0 doubled`,
  )
  await server.remove()
})
