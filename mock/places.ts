import { outlines } from '#mock/outlines.ts'
import type { Random } from '#mock/random.ts'
import { type Township, townships } from '#mock/townships.ts'

/** Where something happens in the mock: made up, WGS-84 degrees. */
export interface Place {
  lon: number
  lat: number
  township: Township
}

const kmPerDegreeLat = 110.7
const kmPerDegreeLon = 103

/** Whether a point lies in the coarse outline of a county (6 digits). */
export const isInside = (county: string, lon: number, lat: number): boolean => {
  const ring = outlines[county] ?? []
  let inside = false
  for (let here = 0, before = ring.length - 2; here < ring.length; before = here, here += 2) {
    const [x1, y1, x2, y2] = [ring[here]!, ring[here + 1]!, ring[before]!, ring[before + 1]!]
    const crosses = y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1
    if (crosses) inside = !inside
  }
  return inside
}

/**
 * The township of a county whose seat is nearest. Township shapes are not public,
 * so this is what "in a township" means in the mock.
 */
export const townshipAt = (county: string, lon: number, lat: number): Township => {
  const distance = (one: Township) =>
    Math.hypot((one.lon - lon) * kmPerDegreeLon, (one.lat - lat) * kmPerDegreeLat)
  return townships
    .filter((one) => one.code.startsWith(county))
    .reduce((best, one) => (distance(one) < distance(best) ? one : best))
}

const weighted = townships.map((township) => [township, township.weight] as const)

/** Near a seat as a rule, on the land around it now and then; always inside county and township. */
export const placeSomewhere = (random: Random): Place => {
  const township = random.weighted(weighted)
  const county = township.code.slice(0, 6)
  // A seat lies in its own township and county, so a narrowing spread ends at it.
  const far = !township.urban && random.chance(0.35)
  for (let spreadKm = far ? 7 : township.urban ? 1.6 : 1.2; ; spreadKm *= 0.9) {
    const lon = township.lon + (random.normal() * spreadKm) / kmPerDegreeLon
    const lat = township.lat + (random.normal() * spreadKm) / kmPerDegreeLat
    const place = { lon: Number(lon.toFixed(4)), lat: Number(lat.toFixed(4)), township }
    if (!isInside(county, place.lon, place.lat)) continue
    if (townshipAt(county, place.lon, place.lat) === township) return place
  }
}
