import { type Bench, inTurns, type Row, type Side } from '../bench.ts'
import { growthRow, type Step } from '../fan-out/growth.ts'
import { startRig } from '../fan-out/rig.ts'
import { bytesOf, ways } from './ways.ts'

interface Case {
  screens: number
  units: number
  ticks: number
  everyMs: number
}

/** The lane ticks every 250 ms, and with fewer units than 200 once a second: what is told is told at the next tick. */
const cases: Case[] = [
  { screens: 1, units: 1000, ticks: 3, everyMs: 300 },
  { screens: 1, units: 10_000, ticks: 3, everyMs: 300 },
  { screens: 50, units: 100, ticks: 2, everyMs: 1300 },
  { screens: 50, units: 1000, ticks: 3, everyMs: 300 },
  { screens: 50, units: 10_000, ticks: 2, everyMs: 300 },
  { screens: 50, units: 50_000, ticks: 2, everyMs: 400 },
  { screens: 200, units: 1000, ticks: 3, everyMs: 300 },
  { screens: 200, units: 10_000, ticks: 1, everyMs: 400 },
]
const alone = [100, 50_000]
const whole = (value: number) => value.toLocaleString('en-US')

export const trackCast: Bench = {
  name: 'track-cast',
  question: 'What does the server’s processor spend on one tick in which every unit has moved?',
  async run({ rounds, isShort, tell }) {
    const rows: Row[] = []
    const steps: Step[] = []
    const dialects = Object.fromEntries(Object.entries(ways).map(([n, way]) => [n, way.dialect]))
    const rig = await startRig<number>(new URL('./serve.ts', import.meta.url), dialects, bytesOf)
    const measure = async ({ screens, units, ticks, everyMs }: Case): Promise<Side[]> => {
      tell(`${screens} screens, ${whole(units)} units`)
      await rig.open(screens)
      // the ends of the range show how ours grows; what the peers cost there would only take time
      const names = alone.includes(units) ? ['ours'] : Object.keys(ways)
      const burst = { of: units, messages: ticks, everyMs }
      for (const name of names) await rig.burst(name, burst)
      const way = (name: string) => async () => (await rig.burst(name, burst)) / ticks / 1000
      for (const name of names) rig.takeVoids(name)
      const sides = await inTurns(
        Object.fromEntries(names.map((name) => [name, way(name)])),
        rounds,
      )
      return sides.map((side) => ({ ...side, voids: rig.takeVoids(side.name) }))
    }
    try {
      for (const one of isShort ? cases.slice(0, 1) : cases) {
        const sides = await measure(one)
        const ours = sides.filter(({ name }) => name === 'ours')
        if (one.screens === 50) steps.push({ size: one.units, sides: ours })
        const what = `${one.screens} screens, ${whole(one.units)} units`
        rows.push({ case: what, unit: 'ms/tick', sides, target: null })
      }
    } finally {
      rig.end()
    }
    if (isShort) return rows
    return [...rows, growthRow('one tick to 50 screens, over 100–50,000 units', steps)]
  },
}
