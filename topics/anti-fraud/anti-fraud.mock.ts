import { hourMs, minuteMs, secondMs, stampOf, startOfDayMs, weekdayOf } from '#mock/clock.ts'
import { createRandom, type Random } from '#mock/random.ts'
import type { Line, Thread } from '#mock/story.ts'
import { townships } from '#mock/townships.ts'
import type { Body } from '#protocol/event.ts'
import { type FraudType, fraudTypes, type Measure } from './anti-fraud.codes.ts'

/** Raise it when the same seed would tell another story: it is part of every event id. The test holds the fingerprint. */
export const fraudVersion = 1

/** Weight of each hour in Beijing: fraud rings when people can be reached, offices send in office hours. */
const hours = {
  ringing: [
    0.3, 0.2, 0.1, 0.1, 0.1, 0.2, 0.4, 0.9, 2.2, 4, 4.6, 4.2, 2.6, 2.4, 3.8, 4.4, 4.3, 3.7, 2.9,
    3.3, 3.4, 2.6, 1.4, 0.6,
  ],
  office: [0, 0, 0, 0, 0, 0, 0.1, 0.3, 2, 4, 4, 3, 0.8, 0.8, 3, 4, 4, 3, 1, 0.5, 0.4, 0.2, 0.1, 0],
}
type Rhythm = keyof typeof hours
const choicesOf = (weights: readonly number[]) =>
  weights.map((weight, hour) => [hour, weight] as const)
const hourChoices = { ringing: choicesOf(hours.ringing), office: choicesOf(hours.office) }

interface Manner {
  measure: Measure
  source: 'mock-carriers' | 'mock-anti-fraud'
  rhythm: Rhythm
  linesPerDay: number
  /** share of an ordinary day that a day of the weekend brings */
  weekend: number
}
const of =
  (source: Manner['source'], rhythm: Rhythm) =>
  (measure: Measure, linesPerDay: number, weekend: number): Manner => ({
    measure,
    source,
    rhythm,
    linesPerDay,
    weekend,
  })
const carriers = of('mock-carriers', 'ringing')
const hotline = of('mock-anti-fraud', 'ringing')
const office = of('mock-anti-fraud', 'office')

/** Lines on an ordinary day: made up, of the order of the national totals a head. Freezes follow from stops. */
const manners: readonly Manner[] = [
  carriers('calls-blocked', 680, 0.9),
  carriers('sms-blocked', 560, 0.95),
  office('sites-handled', 18, 0.4),
  hotline('fund-warnings', 28, 0.9),
  office('face-to-face-dissuasion', 11, 0.7),
  hotline('funds-stopped', 6, 0.8),
  office('funds-returned', 0.9, 0.1),
  office('cases-solved', 1.5, 0.5),
]
/** Carriers send what has come together, median; people send one by one. */
const perCarrierLine = 9

/** How often a type is tried, and what one case is about, in yuan (median). Made up. */
const types: Record<FraudType, { weight: number; medianYuan: number }> = {
  'fake-order-rebate': { weight: 33, medianYuan: 32_000 },
  'fake-shopping': { weight: 14, medianYuan: 6_000 },
  'fake-loan-or-credit': { weight: 12, medianYuan: 18_000 },
  'fake-customer-service': { weight: 11, medianYuan: 24_000 },
  'fake-investment': { weight: 10, medianYuan: 160_000 },
  'fake-acquaintance': { weight: 6, medianYuan: 60_000 },
  'fake-authority': { weight: 5, medianYuan: 120_000 },
  'fake-game-trade': { weight: 5, medianYuan: 4_000 },
  'fake-romance': { weight: 4, medianYuan: 80_000 },
}
const typeChoices = fraudTypes.map((type) => [type, types[type].weight] as const)
const townshipChoices = townships.map(({ code, weight }) => [code, weight] as const)

/** Carriers often know no more than the county, the police as a rule know the township. */
const divisionOf = (random: Random, source: Manner['source']): string => {
  const township = random.weighted(townshipChoices)
  const isCarrier = source === 'mock-carriers'
  if (isCarrier && random.chance(0.05)) return '532800'
  return random.chance(isCarrier ? 0.25 : 0.04) ? township.slice(0, 6) : township
}

/** Menghai still sends by the list of 2024; here and there nobody knows. */
const sentAs = (random: Random, type: FraudType, division: string): Body => {
  if (random.chance(0.06)) return {}
  if (type !== 'fake-loan-or-credit' || !division.startsWith('532822')) return { fraudType: type }
  return { fraudType: random.chance(0.7) ? 'fake-loan' : 'fake-credit-record' }
}

const wholeFen = (yuan: number): number => Number(yuan.toFixed(2))
const wholeSeconds = (at: number): number => at - (at % secondMs)

/** One thing and what follows from it: a visit from a warning, a freeze from a stop, of money stopped before. */
const threadOf = (random: Random, { measure, source }: Manner, id: string, at: number) => {
  const division = divisionOf(random, source)
  const type = random.weighted(typeChoices)
  const line = (one: Measure, afterMs: number, more: Body): Line => ({
    id: one === measure ? id : `${id}:${one}`,
    type: 'fraud.measured',
    at: wholeSeconds(at + afterMs),
    source,
    body: { measure: one, count: 1, ...more, division },
  })
  if (source === 'mock-carriers') {
    return [
      line(measure, 0, { count: Math.max(1, Math.round(random.lognormal(perCarrierLine, 0.5))) }),
    ]
  }
  if (measure === 'sites-handled') return [line(measure, 0, {})]
  const sent = sentAs(random, type, division)
  if (measure === 'fund-warnings') {
    const warned = line(measure, 0, sent)
    if (!random.chance(0.85)) return [warned]
    const visitMs = random.lognormal(45 * minuteMs, 0.7)
    return [warned, line('face-to-face-dissuasion', visitMs, sent)]
  }
  if (measure === 'funds-stopped' || measure === 'funds-returned') {
    const amountYuan = wholeFen(Math.min(random.lognormal(types[type].medianYuan, 0.9), 8_000_000))
    const paid = line(measure, 0, { amountYuan, ...sent })
    if (measure === 'funds-returned' || !random.chance(0.55)) return [paid]
    // an emergency stop ends after 48 hours: by then the money is frozen or free
    const freezeMs = Math.min(random.lognormal(9 * hourMs, 0.8), 47 * hourMs)
    const frozen = wholeFen(amountYuan * (0.5 + random.next() / 2))
    return [paid, line('funds-frozen', freezeMs, { amountYuan: frozen, ...sent })]
  }
  return [line(measure, 0, sent)]
}

/** When a measure is spoken of on a day: Poisson, by the hours of its rhythm; sorted, ms. */
const timesOf = (random: Random, manner: Manner, day: number): number[] => {
  const isWeekend = [0, 6].includes(weekdayOf(day))
  const expected = manner.linesPerDay * (isWeekend ? manner.weekend : 1) * random.lognormal(1, 0.08)
  const times: number[] = []
  for (let done = random.exponential(1); done < expected; done += random.exponential(1)) {
    const hour = random.weighted(hourChoices[manner.rhythm])
    times.push(startOfDayMs(day) + hour * hourMs + random.int(0, 3599) * secondMs)
  }
  return times.sort((a, b) => a - b)
}

/**
 * Anti-fraud work of any day in Beijing, in one grain for past and present: an hour that was told once in the
 * small and again in the large would count twice after a restart.
 */
export const tellFraud = (seed: number) => {
  const prefix = seed === 1 ? '' : `S${seed}-`
  return (day: number): Thread[] => {
    const today = createRandom(seed).fork(`fraud-${day}`)
    return manners.flatMap((manner) => {
      const random = today.fork(manner.measure)
      return timesOf(random.fork('times'), manner, day).map((at, index) => {
        const number = String(index + 1).padStart(4, '0')
        const id = `fraud${fraudVersion}:${prefix}${stampOf(day)}:${manner.measure}:${number}`
        return threadOf(random.fork(index), manner, id, at)
      })
    })
  }
}
