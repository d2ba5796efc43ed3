import { type Township, townships } from '#mock/townships.ts'

export type Branch = 'station' | 'traffic'
export interface Choice {
  units: string[]
  fromMs: number
}

/** Who is on duty on one day in Beijing, and until when each is bound. */
export interface Crews {
  /**
   * Up to `count` units for a call at `wantedMs`, the longest idle first: of the township's station, or of the
   * county's traffic police, then of its patrol. With nobody free it is one unit, at `fromMs`, when it will be.
   * They are bound until `hold` says for how long.
   */
  choose(township: Township, branch: Branch, count: number, wantedMs: number): Choice
  /** Frees a unit at a time to come. */
  hold(unit: string, untilMs: number): void
}

/** Cars of a shift. */
const trafficCars: Record<string, number> = { JH: 12, MH: 5, ML: 6 }
const patrolCars: Record<string, number> = { JH: 9, MH: 4, ML: 5 }
const stationCars = (township: Township) => 2 + Math.round(township.weight / 3)

const signsOn = (day: number) => (prefix: string, cars: number) =>
  Array.from({ length: cars }, (_, i) => {
    const number = 2 * i + 1 + (Math.abs(day) % 2)
    return `${prefix}-${String(number).padStart(2, '0')}`
  })

/** Every car that is on duty on one day, and the township that it belongs to: the county's own stand at its seat. */
export const carsOn = (day: number): { unit: string; township: Township }[] => {
  const signs = signsOn(day)
  const counties = Object.keys(trafficCars).map((sign) => ({
    township: townships.find((one) => one.urban && one.sign.startsWith(sign))!,
    units: [...signs(`${sign}-T`, trafficCars[sign]!), ...signs(`${sign}-P`, patrolCars[sign]!)],
  }))
  const stations = townships.map((township) => ({
    township,
    units: signs(township.sign, stationCars(township)),
  }))
  return [...counties, ...stations].flatMap(({ township, units }) =>
    units.map((unit) => ({ unit, township })),
  )
}

/**
 * Two shifts of 24 hours take turns and own different cars, odd and even numbers. So a day can be told
 * without knowing the day before, and still no unit is ever in two places.
 */
export const crewsOn = (day: number): Crews => {
  const freeFromMs = new Map<string, number>()
  const signs = signsOn(day)
  const stations = new Map(townships.map((one) => [one.code, signs(one.sign, stationCars(one))]))
  const countyOf = (township: Township) => township.sign.slice(0, 2)
  const traffic = (county: string) => signs(`${county}-T`, trafficCars[county]!)
  const patrol = (county: string) => signs(`${county}-P`, patrolCars[county]!)

  return {
    choose(township, branch, count, wantedMs) {
      const county = countyOf(township)
      const station = stations.get(township.code)!
      const order =
        branch === 'traffic'
          ? [traffic(county), station, patrol(county)]
          : [station, patrol(county), traffic(county)]
      const freeAt = (unit: string) => freeFromMs.get(unit) ?? 0
      const units = order
        .flatMap((group) => group.toSorted((one, other) => freeAt(one) - freeAt(other)))
        .filter((unit) => freeAt(unit) <= wantedMs)
        .slice(0, count)
      const next = order.flat().reduce((best, one) => (freeAt(one) < freeAt(best) ? one : best))
      const choice =
        units.length > 0 ? { units, fromMs: wantedMs } : { units: [next], fromMs: freeAt(next) }
      for (const unit of choice.units) freeFromMs.set(unit, Number.POSITIVE_INFINITY)
      return choice
    },
    hold: (unit, untilMs) => void freeFromMs.set(unit, untilMs),
  }
}
