import fc from 'fast-check'
import { expect, it } from 'vitest'
import { upcastBody } from '#protocol/definition.ts'
import { effectiveAt, type FeedEvent } from '#protocol/event.ts'
import { createFold } from '#protocol/fold.ts'
import { sceneNow } from '#protocol/scene.ts'
import { definitions, topics } from '#topics/index.ts'
import { scenes } from '#topics/scenes.ts'
import { assemble } from '../../server/assemble.ts'
import { newMemoryDisk, openMemoryJournal } from '../../server/journal/memory.ts'
import { createSimulatedWorld, type SimulatedWorld } from '../../server/simulated-world.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const reorderWindow = 1000
const batchLines = 100
const busyAtMost = 400
/** More runs on demand: WANGLOU_TIME_RUNS=200 */
const runs = Number(process.env.WANGLOU_TIME_RUNS ?? 8)

/** What follows from arrival is another thing when the arrival is: feed health is not about the events' own time. */
const timed = topics.filter(({ foldsAll }) => !foldsAll)
const told: readonly FeedEvent[] = timed
  .flatMap(({ name }) => {
    const { quiet, busy } = scenes[name]!
    return [...quiet, ...busy.slice(0, busyAtMost)]
  })
  .map((event, n) => ({ ...event, id: `t7-${n}` }))
  .sort((a, b) => a.at - b.at)

/** Every source's clock is wrong in its own way; each line comes once to three times, out of order. */
const deliveriesOf = (world: SimulatedWorld, skewsMs: readonly number[]) => {
  const { random } = world
  return told
    .flatMap((event, n) => {
      const source = `device-${n % skewsMs.length}`
      const line = {
        id: event.id,
        type: event.type,
        at: event.at + skewsMs[n % skewsMs.length]!,
        source,
        body: event.body,
      }
      const times = 1 + Math.floor(random.next() * 3)
      return Array.from({ length: times }, () => ({
        line,
        place: n + random.next() * reorderWindow,
      }))
    })
    .sort((a, b) => a.place - b.place)
    .map(({ line }) => line)
}

it('T7: wrong clocks, doubles, disorder and a server clock that jumps change no count and no last value', async () => {
  let events = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.array(fc.integer({ min: -dayMs, max: dayMs }), { minLength: 2, maxLength: 8 }),
      // an hour off either way, and back again
      fc.constantFrom([], [hourMs], [-hourMs], [hourMs, -hourMs], [-hourMs, hourMs]),
      async (seed, skewsMs, steps) => {
        const world = createSimulatedWorld(seed, sceneNow - 2 * hourMs)
        const disk = newMemoryDisk(world)
        const core = await assemble({
          world,
          journal: openMemoryJournal(disk, world),
          topics,
          definitions,
          simulatedSources: new Set(),
        })
        const deliveries = deliveriesOf(world, skewsMs)
        const batches = Math.ceil(deliveries.length / batchLines)
        const stepAt = new Map(
          steps.map((stepMs) => [Math.floor(world.random.next() * batches), stepMs]),
        )
        const answered = { accepted: 0, duplicate: 0, refused: 0 }
        for (let n = 0; n < batches; n++) {
          world.stepClock(stepAt.get(n) ?? 0)
          const lines = deliveries
            .slice(n * batchLines, (n + 1) * batchLines)
            .map((value, index) => ({ line: index + 1, value }))
          const answer = core.ingest.accept(lines, { isBackfill: false, isSimulated: false })
          await world.pass((2 * hourMs) / batches)
          const { accepted, duplicate, refused } = await answer
          answered.accepted += accepted
          answered.duplicate += duplicate
          answered.refused += refused.length
        }
        expect(answered).toEqual({
          accepted: told.length,
          duplicate: deliveries.length - told.length,
          refused: 0,
        })
        events += answered.accepted

        const oracle = createFold(timed, (topic, { seq }, fault) => {
          throw new Error(`${topic} at seq ${seq}: ${String(fault)}`)
        })
        const sorted = disk.rows
          .map((row) => ({ ...row, body: upcastBody(definitions[row.type]!, row.body) }))
          .sort((a, b) => effectiveAt(a) - effectiveAt(b) || (a.id < b.id ? -1 : 1))
        const states = oracle.fresh()
        for (const row of sorted) oracle.apply(states, row)
        const now = world.clock.now()
        for (const { name, figures } of timed) {
          for (const [figure, select] of Object.entries(figures)) {
            const own = select(core.projection.states.get(name), now)
            const expected = select(states.get(name), now)
            expect({
              figure: `${name}.${figure}`,
              value: own.value,
              count: own.provenance.count,
            }).toEqual({
              figure: `${name}.${figure}`,
              value: expected.value,
              count: expected.provenance.count,
            })
          }
        }
        core.hub.close()
      },
    ),
    { numRuns: runs, ...(process.env.WANGLOU_SEED && { seed: Number(process.env.WANGLOU_SEED) }) },
  )
  expect(events).toBe(runs * told.length)
}, 300_000)
