import { createRandom, type Random } from '#mock/random.ts'
import { type Township, townships } from '#mock/townships.ts'
import { centroid, contains, type Point, type Ring, voronoi } from './voronoi.ts'

const kmPerDegreeLat = 110.7
const kmPerDegreeLon = 103

/** Degrees to km on a flat ground: good enough inside one prefecture. */
export const toKm = ([lon, lat]: Point): Point => [lon * kmPerDegreeLon, lat * kmPerDegreeLat]
export const toDegrees = ([x, y]: Point): Point => [x / kmPerDegreeLon, y / kmPerDegreeLat]

/** Share of the sites that stand around the seats; the others lie anywhere on the land. */
const shareAtSeats = 0.55
const leastApartKm = { urban: 0.35, rural: 0.7 }
const roundings = 2

const seatOf = ({ lon, lat }: Township): Point => toKm([lon, lat])
const distance = ([x1, y1]: Point, [x2, y2]: Point) => Math.hypot(x1 - x2, y1 - y2)

/** The township whose seat is nearest, as everywhere in the mock: township shapes are not public. */
export const townshipOf = (county: string, place: Point): Township =>
  townships
    .filter(({ code }) => code.startsWith(county))
    .reduce((best, one) =>
      distance(seatOf(one), place) < distance(seatOf(best), place) ? one : best,
    )

const somewhere = (random: Random, outline: Ring): Point => {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)]
  const between = (low: number, high: number) => low + (high - low) * random.next()
  return [between(Math.min(...xs), Math.max(...xs)), between(Math.min(...ys), Math.max(...ys))]
}

const nearSeat = (random: Random, ofCounty: readonly Township[]): Point => {
  const township = random.weighted(ofCounty.map((one) => [one, 1.5 + one.weight] as const))
  const [x, y] = seatOf(township)
  const spreadKm = township.urban ? 2.4 : 3.2
  return [x + random.normal() * spreadKm, y + random.normal() * spreadKm]
}

/** Sites of so many cells in one county, denser near the seats; twice moved to the middle of their cells. */
export const sitesOf = (county: string, outline: Ring, count: number): Point[] => {
  const random = createRandom(`cells-${county}`)
  const ofCounty = townships.filter(({ code }) => code.startsWith(county))
  let sites: Point[] = []
  while (sites.length < count) {
    const atSeat = random.chance(shareAtSeats)
    const site = atSeat ? nearSeat(random, ofCounty) : somewhere(random, outline)
    if (!contains(outline, site)) continue
    const apartKm = townshipOf(county, site).urban ? leastApartKm.urban : leastApartKm.rural
    if (sites.every((other) => distance(other, site) >= apartKm)) sites.push(site)
  }
  for (let round = 0; round < roundings; round++) {
    const cells = voronoi(sites, outline)
    sites = sites.map((site, index) => {
      const { middle } = centroid(cells[index]!)
      return contains(outline, middle) ? middle : site
    })
  }
  return sites
}
