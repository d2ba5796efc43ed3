import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { runSchedule, type Told } from './schedule.ts'
import { type Kind, kinds, shapeOf } from './shape.ts'
import { brokenBy, commandFor, shrink } from './shrink.ts'
import { must } from './violation.ts'

/** More on demand: WANGLOU_SIMULATE_RUNS=1000000 */
const runs = Number(process.env.WANGLOU_SIMULATE_RUNS ?? 10_000)
const replayed = Array.from({ length: 30 }, (_, n) => n + 1)
const tenMinutesMs = 600_000

const traceOf = async (seed: number): Promise<{ told: Told; trace: readonly string[] }> => {
  let trace: readonly string[] = []
  const onTrace = (lines: readonly string[]) => {
    trace = lines
  }
  return { told: await runSchedule(seed, { onTrace }), trace }
}

it('replays a seed exactly, whatever ran before it', async () => {
  const digests = new Map<number, string>()
  for (const seed of replayed) digests.set(seed, (await runSchedule(seed)).digest)
  expect(new Set(digests.values()).size).toBe(replayed.length)
  for (const seed of replayed.toReversed())
    expect([seed, (await runSchedule(seed)).digest]).toEqual([seed, digests.get(seed)])
  const [once, again] = [await traceOf(7), await traceOf(7)]
  expect(again).toEqual(once)
  expect(once.told.digest).toBe(digests.get(7))
  expect(once.trace.length).toBeGreaterThan(10)
})

it.each([
  'client.onSnapshot',
  'client.onEvents',
  'client.onServed',
  'client.onUnits',
  'client.onLink',
  'client.beat',
  'client.open',
  'socket.send',
  'socket.close',
  'connection.send',
  'connection.close',
])('hears of a fault in %s, whatever the code that it judges makes of it', async (planted) => {
  let calledIn = 0
  for (let seed = 1; seed <= 12; seed++) {
    let isCalled = false
    const onCall = (callback: string): void => {
      isCalled ||= callback === planted
      must(callback !== planted, `planted in ${planted}`, () => '')
    }
    const broken = await brokenBy(seed, { onCall })
    expect([seed, broken]).toEqual([seed, isCalled ? `Violation: planted in ${planted}` : null])
    calledIn += Number(isCalled)
  }
  expect(calledIn).toBeGreaterThan(0)
})

it('leaves a fault out without moving the shape', () => {
  const own = shapeOf(11)
  for (const kind of kinds) {
    const rates = { ...own.rates, [kind]: 0 }
    expect(shapeOf(11, { without: [kind] })).toEqual({ ...own, rates })
  }
})

it('finds a disk that lies, says how to see it again, and finds less that shows it', async () => {
  const lying = { isDiskLying: true }
  const seeds = Array.from({ length: 60 }, (_, n) => n + 1)
  const found: number[] = []
  for (const seed of seeds) if (await brokenBy(seed, lying)) found.push(seed)
  expect(found.length).toBeGreaterThan(3)
  const [seed] = found
  const broken = await brokenBy(seed!, lying)
  expect(broken).toMatch(/^Violation: what (was|is) acknowledged is/)
  const { steps, without } = await shrink(seed!, lying)
  const on = kinds.filter((kind) => shapeOf(seed!).rates[kind] > 0)
  expect(without.length).toBeGreaterThan(on.length / 3)
  expect(await brokenBy(seed!, { steps, without, ...lying })).toBe(broken)
  const kind: Kind[] = ['drop', 'cut']
  expect(commandFor(5, { steps: 3, without: kind })).toBe(
    'npm run simulate -- --seed 5 --steps 3 --without drop,cut',
  )
})

it(
  `keeps every promise through ${runs} schedules`,
  async ({ signal }) => {
    const command = resolve(import.meta.dirname, 'main.ts')
    // on threads of its own, as by hand: the tests' loader would make it slower
    // and ended with the test
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [command, '--runs', String(runs)],
      { signal },
    )
    console.log(stdout)
    expect(stdout).toContain(`${runs.toLocaleString('en-US')} schedules; digest`)
    expect(stdout).toMatch(/ 0 broke a promise\n$/)
  },
  tenMinutesMs,
)
