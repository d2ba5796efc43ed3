import { isInside } from '#mock/places.ts'
import type { Random } from '#mock/random.ts'
import type { Township } from '#mock/townships.ts'

/** A place on a way, and where one looks who walks it. */
export interface Spot {
  /** degrees, WGS-84 */
  lon: number
  lat: number
  headingDeg: number
}
export interface Way {
  lengthKm: number
  /** The place after so many km; before the beginning and after the end there is none but these. */
  at(km: number): Spot
}

const kmPerDegreeLat = 110.7
const kmPerDegreeLon = 103

const kmBetween = (aLon: number, aLat: number, bLon: number, bLat: number): number =>
  Math.hypot((aLon - bLon) * kmPerDegreeLon, (aLat - bLat) * kmPerDegreeLat)

/** Points as lon, lat, lon, lat, …: two or more. */
export const wayAlong = (points: readonly number[]): Way => {
  const ends: number[] = [0]
  for (let i = 2; i < points.length; i += 2) {
    const km = kmBetween(points[i - 2]!, points[i - 1]!, points[i]!, points[i + 1]!)
    ends.push(ends.at(-1)! + km)
  }
  const lengthKm = ends.at(-1)!
  return {
    lengthKm,
    at(km) {
      const wanted = Math.min(Math.max(km, 0), lengthKm)
      const next = Math.max(
        1,
        ends.findIndex((end) => end >= wanted),
      )
      const [lon, lat, toLon, toLat] = points.slice(2 * next - 2, 2 * next + 2)
      const part = (wanted - ends[next - 1]!) / (ends[next]! - ends[next - 1]! || 1)
      const [dx, dy] = [(toLon! - lon!) * kmPerDegreeLon, (toLat! - lat!) * kmPerDegreeLat]
      const headingDeg = ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360
      return { lon: lon! + (toLon! - lon!) * part, lat: lat! + (toLat! - lat!) * part, headingDeg }
    },
  }
}

/** A line drawn to the right of another, km; sharp bends come nearer to it. */
export const besideLine = (line: readonly number[], rightKm: number): number[] =>
  line.flatMap((_, i) => {
    if (i % 2 === 1) return []
    const [fromLon, fromLat] = line.slice(Math.max(0, i - 2))
    const [toLon, toLat] = line.slice(Math.min(line.length - 2, i + 2))
    const [dx, dy] = [(toLon! - fromLon!) * kmPerDegreeLon, (toLat! - fromLat!) * kmPerDegreeLat]
    const length = Math.hypot(dx, dy) || 1
    return [
      line[i]! + ((dy / length) * rightKm) / kmPerDegreeLon,
      line[i + 1]! - ((dx / length) * rightKm) / kmPerDegreeLat,
    ]
  })

/** A closed round about a seat, its corners inside of the county. */
export const roundAbout = (random: Random, township: Township, radiusKm: number): number[] => {
  const county = township.code.slice(0, 6)
  const corners = Array.from({ length: 7 }, (_, corner) => {
    const turn = ((corner + random.next() * 0.7) / 7) * 2 * Math.PI
    for (let km = radiusKm * (0.4 + 0.6 * random.next()); ; km *= 0.8) {
      const lon = township.lon + (Math.sin(turn) * km) / kmPerDegreeLon
      const lat = township.lat + (Math.cos(turn) * km) / kmPerDegreeLat
      if (km < 0.05 || isInside(county, lon, lat)) return [lon, lat]
    }
  }).flat()
  return [...corners, corners[0]!, corners[1]!]
}
