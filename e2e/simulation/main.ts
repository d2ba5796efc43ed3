import { parseArgs } from 'node:util'
import { machine } from '../../bench/report.ts'
import { runRange } from './run-range.ts'
import { runSchedule } from './schedule.ts'
import { type Kind, kinds, type Limits } from './shape.ts'
import { commandFor, shrink } from './shrink.ts'
import { neverSeen, tableOf } from './totals.ts'

/** So many schedules see every kind of fault. */
const runsByDefault = 10_000
const seesAllFrom = 2000
const shrunkAtMost = 5

/** `npm run simulate [-- --runs N --seed S --steps K --without kind,kind --trace]`: 1 if a promise was broken. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    steps: { type: 'string' },
    without: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
})
const first = Number(values.seed ?? 1)
const own = values.seed === undefined ? (process.env.WANGLOU_SIMULATE_RUNS ?? runsByDefault) : 1
const runs = Number(values.runs ?? own)
const without = (values.without?.split(',') ?? []) as Kind[]
const unknown = without.filter((kind) => !kinds.includes(kind))
if (unknown.length > 0 || !Number.isInteger(first) || !Number.isInteger(runs) || runs < 1) {
  console.error(
    `simulate: ${unknown.join() || 'a whole number'}? The faults are ${kinds.join(', ')}.`,
  )
  process.exit(2)
}
const limits: Limits = {
  without,
  ...(values.steps !== undefined && { steps: Number(values.steps) }),
}

if (values.trace) {
  const onTrace = (lines: readonly string[]) => console.log(lines.join('\n'))
  await runSchedule(first, { ...limits, onTrace }).catch((fault: unknown) => {
    console.error(fault)
    process.exitCode = 1
  })
} else {
  console.log(`# Simulate\n\n${machine()}. Seeds ${first} to ${first + runs - 1}.\n`)
  const startedMs = performance.now()
  const cpu = process.cpuUsage()
  const { totals, broken } = await runRange(first, runs, limits)
  const { user, system } = process.cpuUsage(cpu)
  console.log(tableOf(totals))
  const [wallS, cpuS] = [(performance.now() - startedMs) / 1000, (user + system) / 1e6]
  const simulatedH = (totals.counts.simulatedMs ?? 0) / 3_600_000
  console.log(
    `${wallS.toFixed(1)} s, ${cpuS.toFixed(1)} s of CPU (${((1000 * cpuS) / runs).toFixed(1)} ms a schedule), ${Math.round(simulatedH)} h simulated; ${broken.length} broke a promise`,
  )
  const missing = runs >= seesAllFrom && values.without === undefined ? neverSeen(totals) : []
  if (missing.length > 0) console.error(`\nsimulate: never happened: ${missing.join(', ')}`)
  const shown = new Set<string>()
  for (const { seed, fault } of broken) {
    const promise = fault.split('\n', 1)[0]!
    if (shown.has(promise) || shown.size === shrunkAtMost) continue
    shown.add(promise)
    const times = broken.filter((other) => other.fault.startsWith(promise)).length
    const least = values.steps === undefined ? await shrink(seed) : limits
    console.error(`\n${fault}\n  in ${times} of ${runs} schedules; again: ${commandFor(seed)}`)
    console.error(`  least: ${commandFor(seed, least)} --trace`)
  }
  if (broken.length > 0 || missing.length > 0) process.exitCode = 1
}
