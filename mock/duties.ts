import {
  type Beat,
  type Gait,
  roundBeat,
  type Sweep,
  shuttleBeat,
  standBeat,
  sweepBeat,
} from '#mock/beats.ts'
import { dayMs, hourMs, minuteMs, secondMs, startOfDayMs } from '#mock/clock.ts'
import { carsOn } from '#mock/crews.ts'
import type { Random } from '#mock/random.ts'
import { type Township, townships } from '#mock/townships.ts'
import { besideLine, roundAbout, wayAlong } from '#mock/ways.ts'
import { type Segment, segments } from '#topics/patrols/segments.codes.ts'

/** What a unit does all day long. */
export type Work = 'car' | 'foot' | 'sweep' | 'beat' | 'post'

/** A time in which a unit is not heard: its positions only, or not at all. */
export interface Outage {
  fromMs: number
  toMs: number
  isMute: boolean
}

/** A unit from going on duty to going off. */
export interface Duty {
  unit: string
  work: Work
  startMs: number
  dueMs: number
  endMs: number
  segment: Segment | null
  post: string | null
  sweep: Sweep | null
  outages: Outage[]
  /** nobody told the centre that it is on duty */
  isUntold: boolean
  /** nobody told the centre that it is off duty again */
  isEndLost: boolean
  /** its device speaks GCJ-02 */
  isGcj02: boolean
  beat: Beat
}

/** On duty at any time: as many as there are cars, five on each segment, and the rest on foot in the townships. */
export const onDutyAtOnce = 600
/** One goes on duty before the other is off. */
const overlapMs = 10 * minuteMs

/** Hours in Beijing at which shifts of 12 hours begin; each has units of its own, A and B. */
const shifts = [
  { letter: 'A', hour: 8, sweepsWhole: 0.72 },
  { letter: 'B', hour: 20, sweepsWhole: 0.5 },
]

const gaitOf = (
  random: Random,
  speedKmh: number,
  goMinutes: number,
  standMinutes: number,
): Gait => ({
  speedKmh: speedKmh * (0.85 + 0.3 * random.next()),
  goMs: goMinutes * minuteMs,
  standMs: standMinutes * minuteMs,
  phaseMs: random.int(0, 600) * secondMs,
})

/** Most are back in time; some are not, and few are very late. */
const endOf = (random: Random, dueMs: number): number =>
  dueMs +
  random.weighted([
    [random.int(-10 * 60, 4 * 60), 93],
    [random.int(5 * 60, 30 * 60), 6],
    [random.int(30 * 60, 120 * 60), 1],
  ] as const) *
    secondMs

const outagesOf = (random: Random, work: Work, startMs: number, dueMs: number): Outage[] => {
  const lasting = (minutes: number, isMute: boolean): Outage => {
    const fromMs = startMs + Math.round(random.next() * (dueMs - startMs))
    return { fromMs, toMs: fromMs + minutes * minuteMs, isMute }
  }
  const isRemote = work === 'sweep' || work === 'beat' || work === 'post'
  // dead spots are in the mountains; an empty battery is silent until the end, a broken receiver talks on
  return [
    ...(random.chance(isRemote ? 0.25 : 0.05) ? [lasting(random.int(3, 25), true)] : []),
    ...(random.chance(isRemote ? 0.05 : 0.004) ? [lasting(random.int(35, 90), true)] : []),
    ...(random.chance(0.008) ? [lasting(2 * 24 * 60, true)] : []),
    ...(random.chance(0.012)
      ? [{ fromMs: startMs - hourMs, toMs: dueMs + dayMs, isMute: false }]
      : []),
  ]
}

type Task = Pick<Duty, 'unit' | 'work' | 'beat'> & Partial<Duty>

const dutyOf = (random: Random, task: Task, fromMs: number, lengthMs: number): Duty => {
  const startMs = fromMs + random.int(0, 16 * 60) * secondMs
  const dueMs = fromMs + lengthMs + overlapMs
  return {
    startMs,
    dueMs,
    endMs: endOf(random, dueMs),
    segment: null,
    post: null,
    sweep: null,
    outages: outagesOf(random, task.work, startMs, dueMs),
    isUntold: random.chance(0.003),
    isEndLost: random.chance(0.002),
    isGcj02: random.chance(0.04),
    ...task,
  }
}

const carTask = (random: Random, unit: string, township: Township): Task => {
  const way = wayAlong(roundAbout(random, township, township.urban ? 5 : 4))
  return { unit, work: 'car', beat: roundBeat(way, gaitOf(random, 28, 12, random.int(4, 20))) }
}

const footTask = (random: Random, unit: string, township: Township): Task => {
  const way = wayAlong(roundAbout(random, township, township.urban ? 1.2 : 0.7))
  return { unit, work: 'foot', beat: roundBeat(way, gaitOf(random, 4, 14, 4)) }
}

const segmentTasks = (
  random: Random,
  segment: Segment,
  shift: (typeof shifts)[number],
  fromMs: number,
): Task[] => {
  const way = wayAlong(besideLine(segment.line, 0.15))
  const unit = (number: number) => `${segment.code}-${shift.letter}${number}`
  const own = { segment }
  const sweep: Sweep = {
    startMs: fromMs + random.int(50, 150) * minuteMs,
    speedKmh: 4 + random.next(),
    restMs: random.int(20, 50) * minuteMs,
    turnKm: way.lengthKm * (random.chance(shift.sweepsWhole) ? 1 : 0.2 + 0.5 * random.next()),
    isFromFarEnd: random.chance(0.5),
  }
  const beat = (number: number): Task => {
    const fromKm = random.next() * (way.lengthKm - 2)
    const gait = gaitOf(random, 3.5, 25, 10)
    const to = fromKm + 1 + random.next()
    return { ...own, unit: unit(number), work: 'beat', beat: shuttleBeat(way, fromKm, to, gait) }
  }
  // posts stand between the checkpoints
  const post = (number: number, share: number): Task => ({
    ...own,
    unit: unit(number),
    work: 'post',
    post: `${segment.code}-P${number - 3}`,
    beat: standBeat(way.at(way.lengthKm * share)),
  })
  return [
    { ...own, unit: unit(1), work: 'sweep', sweep, beat: sweepBeat(way, sweep) },
    beat(2),
    beat(3),
    post(4, 1 / 3),
    post(5, 2 / 3),
  ]
}

/** Every duty that begins on a day in Beijing. */
export const dutiesOf = (random: Random, day: number): Duty[] => {
  const midnightMs = startOfDayMs(day)
  const cars = carsOn(day).map(({ unit, township }) => {
    const own = random.fork(unit)
    return dutyOf(own, carTask(own, unit, township), midnightMs, dayMs)
  })
  const onFoot = onDutyAtOnce - cars.length - 5 * segments.length
  const weights = townships.map((township) => [township, township.weight ** 0.7] as const)
  const seats = Array.from({ length: onFoot }, (_, n) => {
    const township = random.fork(`foot-${n}`).weighted(weights)
    return { township, number: String(n + 1).padStart(3, '0') }
  })
  const shifted = shifts.flatMap((shift) => {
    const fromMs = midnightMs + shift.hour * hourMs - overlapMs
    const ownOf = (name: string) => random.fork(`${shift.letter}-${name}`)
    const border = segments.flatMap((segment) => {
      const own = ownOf(segment.code)
      return segmentTasks(own, segment, shift, fromMs).map((task) =>
        dutyOf(own.fork(task.unit), task, fromMs, 12 * hourMs),
      )
    })
    const foot = seats.map(({ township, number }) => {
      const unit = `${township.sign}-${shift.letter}${number}`
      const own = ownOf(unit)
      return dutyOf(own, footTask(own, unit, township), fromMs, 12 * hourMs)
    })
    return [...border, ...foot]
  })
  return [...cars, ...shifted, ...strangersOf(random.fork('strangers'), midnightMs)]
}

/** Devices that are on no roster: on loan, on trial, forgotten in a car. */
const strangersOf = (random: Random, midnightMs: number): Duty[] =>
  Array.from({ length: random.int(1, 4) }, (_, n) => {
    const own = random.fork(n)
    const fromMs = midnightMs + own.int(7 * 60, 20 * 60) * minuteMs
    const task = carTask(own, `TMP-${String(n + 1).padStart(2, '0')}`, own.pick(townships))
    return {
      ...dutyOf(own, task, fromMs, own.int(40, 200) * minuteMs),
      isUntold: true,
      outages: [],
    }
  })
