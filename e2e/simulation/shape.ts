import type { Audience } from '#protocol/event.ts'
import { createRandom, type Random } from '../../mock/random.ts'

/**
 * Everything that can go wrong, and how often a schedule that has it lets it happen, per frame, sending, line or step.
 * No journal is pruned: what its readers would see of it is a `resumeLimit` of a few events, and `daysPass`.
 */
const rates = {
  // per frame that is numbered: a transport that breaks its word
  drop: [0.002, 0.1],
  duplicate: [0.002, 0.1],
  reorder: [0.002, 0.1],
  // per frame or line, on a transport that keeps it
  delay: [0.005, 0.1],
  slowReader: [0.1, 0.5],
  helloCut: [0.05, 0.3],
  // per step and screen
  cut: [0.01, 0.2],
  halfOpen: [0.01, 0.1],
  outage: [0.01, 0.1],
  freeze: [0.01, 0.1],
  reload: [0.01, 0.1],
  // per step
  kill: [0.02, 0.2],
  stop: [0.02, 0.15],
  epochFlip: [0.01, 0.1],
  putBack: [0.01, 0.1],
  clockStep: [0.02, 0.2],
  daysPass: [0.01, 0.06],
  diskFull: [0.02, 0.15],
  checkpoint: [0.1, 0.5],
  checkpointDamaged: [0.1, 0.4],
  // per commit
  commitFails: [0.02, 0.3],
  killInCommit: [0.01, 0.1],
  // per sending
  answerLost: [0.02, 0.3],
  sentAgain: [0.05, 0.4],
  otherContent: [0.02, 0.2],
  rubbish: [0.02, 0.3],
  late: [0.05, 0.5],
  ahead: [0.05, 0.3],
  backfill: [0.05, 0.4],
} as const satisfies Record<string, readonly [number, number]>

export type Kind = keyof typeof rates
export const kinds = Object.keys(rates) as Kind[]
/** What a transport that keeps its word never does; without them, the standing checker of every screen stays at 0. */
export const brokenWords: readonly Kind[] = ['drop', 'duplicate', 'reorder']

/** What one schedule is like: drawn from its seed, so that ten thousand are ten thousand situations. */
export interface Shape {
  seed: number
  steps: number
  stepMs: number
  /** of events, in a step in which something is sent */
  eventsAtMost: number
  /** how often something is sent, per step */
  sendings: number
  senders: number
  screens: readonly Audience[]
  resumeLimit: number
  allowance: { bytes: number; messages: number }
  latencyMs: number
  commitMs: number
  isDiskLying: boolean
  /** 0: this schedule does not have it */
  rates: Readonly<Record<Kind, number>>
}

/** A stream of chance of its own for every purpose: to leave one fault out moves no other. */
export const chanceOf = (seed: number, purpose: string): Random =>
  createRandom(`${seed}/${purpose}`)

const between = (random: Random, least: number, most: number): number =>
  Math.exp(Math.log(least) + random.next() * (Math.log(most) - Math.log(least)))

/** What is not as the seed says. */
export interface Limits {
  steps?: number
  without?: readonly Kind[]
  /** the disk says now and then that it keeps what it does not: to see that it is found */
  isDiskLying?: boolean
}

export const shapeOf = (
  seed: number,
  { steps, without = [], isDiskLying = false }: Limits = {},
): Shape => {
  const random = chanceOf(seed, 'shape')
  const length = random.weighted([
    ['short', 80],
    ['middling', 17],
    ['long', 3],
  ] as const)
  const [least, most] = { short: [2, 10], middling: [10, 24], long: [24, 72] }[length] as [
    number,
    number,
  ]
  const ownSteps = random.int(least, most)
  const share = random.pick([0.1, 0.3, 0.3, 0.5, 0.8])
  // every stream is drawn from whether it is used or not
  const own = kinds.map((kind) => {
    const isOn = random.chance(share)
    const [least, most] = rates[kind]
    const rate = between(random, least, most)
    return [kind, isOn && !without.includes(kind) ? rate : 0] as const
  })
  return {
    seed,
    steps: Math.min(ownSteps, steps ?? ownSteps),
    stepMs: between(random, 20, 1500),
    eventsAtMost: random.weighted([
      [3, 55],
      [10, 41],
      [60, 4],
    ]),
    sendings: between(random, 0.2, 1),
    senders: random.int(1, 3),
    screens: Array.from(
      {
        length: random.weighted([
          [1, 30],
          [2, 40],
          [3, 20],
          [5, 10],
        ]),
      },
      () =>
        random.weighted([
          ['wall', 50],
          ['shared', 25],
          ['visitor', 25],
        ] as const),
    ),
    resumeLimit: random.weighted([
      [2, 15],
      [8, 30],
      [30, 30],
      [300, 25],
    ]),
    allowance: random.pick([
      { bytes: 1024 * 1024, messages: 1000 },
      { bytes: 100_000, messages: 60 },
      { bytes: 20_000, messages: 20 },
    ]),
    latencyMs: between(random, 0.2, 100),
    commitMs: between(random, 0.2, 200),
    isDiskLying,
    rates: Object.fromEntries(own) as Record<Kind, number>,
  }
}
