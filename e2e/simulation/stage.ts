import { createSimulatedWorld, type SimulatedWorld } from '#server/simulated-world.ts'
import type { Random } from '../../mock/random.ts'
import { chanceOf, type Kind, kinds, type Shape } from './shape.ts'
import { createTrace, type Trace } from './trace.ts'

/** What the parts of one schedule share: its world, its shape, its chance, what happened so far. */
export interface Stage {
  shape: Shape
  world: SimulatedWorld
  trace: Trace
  /** how often each fault happened */
  happened: Record<Kind, number>
  /** Whether it happens now, by the rate of the schedule; never while all is calm. Counted and noted where it does. */
  strikes(kind: Kind, where?: string): boolean
  /** the chance that a kind's own details are drawn from */
  chance(purpose: string): Random
  isCalm: boolean
  /** What went wrong where nobody waits; the schedule ends with it. */
  fail(fault: unknown): void
  /** the first that went wrong */
  readonly fault: unknown
  /**
   * The same options, for code that is judged here: what is thrown in a callback of theirs ends the schedule, also where
   * that code catches it and lives on.
   */
  overhear<Options extends object>(whose: string, options: Options): Options
  /** Lets time pass, and throws what went wrong in it. */
  pass(ms: number): Promise<void>
}

const startsAt = Date.UTC(2026, 10, 22, 14)

/** `onCall`: see `RunOptions`. */
export const createStage = (
  shape: Shape,
  keepsLines: boolean,
  onCall: (callback: string) => void = () => {},
): Stage => {
  const world = createSimulatedWorld(shape.seed, startsAt)
  const trace = createTrace(world.clock.monotonic, keepsLines)
  const streams = new Map<string, Random>()
  const chance = (purpose: string): Random => {
    const known = streams.get(purpose) ?? chanceOf(shape.seed, purpose)
    streams.set(purpose, known)
    return known
  }
  const happened = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>
  const failures: unknown[] = []
  const stage: Stage = {
    shape,
    world,
    trace,
    happened,
    strikes(kind, where = '') {
      const rate = shape.rates[kind]
      if (rate === 0 || stage.isCalm || !chance(kind).chance(rate)) return false
      happened[kind] += 1
      trace.note(`FAULT ${kind} ${where}`)
      return true
    },
    chance,
    isCalm: false,
    fail(fault) {
      failures.push(fault)
    },
    get fault() {
      return failures[0]
    },
    overhear<Options extends object>(whose: string, options: Options) {
      const heard = Object.entries(options).map(([name, own]) => {
        if (typeof own !== 'function') return [name, own]
        const call = (...args: unknown[]): unknown => {
          try {
            onCall(`${whose}.${name}`)
            return own(...args)
          } catch (fault) {
            stage.fail(fault)
            throw fault
          }
        }
        return [name, call]
      })
      return Object.fromEntries(heard) as Options
    },
    async pass(ms) {
      await world.pass(ms)
      if (failures.length > 0) throw failures[0]
    },
  }
  return stage
}
