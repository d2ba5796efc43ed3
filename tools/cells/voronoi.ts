/** A place on a flat ground, in km. */
export type Point = readonly [x: number, y: number]
export type Ring = readonly Point[]

/** What of a polygon lies on one side of a line: nearer to `here` than to `there`. */
const nearerPart = (ring: Ring, here: Point, there: Point): Ring => {
  const [nx, ny] = [there[0] - here[0], there[1] - here[1]]
  const middle = (nx * (here[0] + there[0]) + ny * (here[1] + there[1])) / 2
  const beyond = ([x, y]: Point) => nx * x + ny * y - middle
  const part: Point[] = []
  let before = ring.at(-1)
  for (const corner of ring) {
    const [was, is] = [beyond(before!), beyond(corner)]
    if (was > 0 !== is > 0) {
      const share = was / (was - is)
      part.push([
        before![0] + share * (corner[0] - before![0]),
        before![1] + share * (corner[1] - before![1]),
      ])
    }
    if (is <= 0) part.push(corner)
    before = corner
  }
  return part
}

const distance = ([x1, y1]: Point, [x2, y2]: Point) => Math.hypot(x1 - x2, y1 - y2)

/** The other sites that can bound a site's cell, found by how far the box-clipped cell still reaches. */
const boundingSites = (site: Point, sites: readonly Point[], box: Ring): Point[] => {
  const nearest = sites
    .filter((other) => other !== site)
    .toSorted((one, other) => distance(one, site) - distance(other, site))
  let cell = box
  let reachKm = Math.max(...cell.map((corner) => distance(corner, site)))
  const bounding: Point[] = []
  for (const other of nearest) {
    if (distance(other, site) > 2 * reachKm) break
    const smaller = nearerPart(cell, site, other)
    if (smaller.length === cell.length && smaller.every((corner, i) => corner === cell[i])) continue
    bounding.push(other)
    cell = smaller
    reachKm = Math.max(...cell.map((corner) => distance(corner, site)))
  }
  return bounding
}

/** For each site the part of `outline` that is nearer to it than to any other site; empty where there is none. */
export const voronoi = (sites: readonly Point[], outline: Ring): Ring[] => {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)]
  const [west, east] = [Math.min(...xs) - 1, Math.max(...xs) + 1]
  const [south, north] = [Math.min(...ys) - 1, Math.max(...ys) + 1]
  const box: Ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]
  return sites.map((site) =>
    boundingSites(site, sites, box).reduce<Ring>(
      (part, other) => (part.length === 0 ? part : nearerPart(part, site, other)),
      outline,
    ),
  )
}

/** Twice the area of a ring, by sign; with it the middle of what it encloses. */
export const centroid = (ring: Ring): { areaKm2: number; middle: Point } => {
  let [twice, x, y] = [0, 0, 0]
  for (const [index, [x2, y2]] of ring.entries()) {
    const [x1, y1] = ring.at(index - 1)!
    const cross = x1 * y2 - x2 * y1
    twice += cross
    x += (x1 + x2) * cross
    y += (y1 + y2) * cross
  }
  return { areaKm2: Math.abs(twice) / 2, middle: [x / (3 * twice), y / (3 * twice)] }
}

export const contains = (ring: Ring, [x, y]: Point): boolean => {
  let inside = false
  for (const [index, [x2, y2]] of ring.entries()) {
    const [x1, y1] = ring.at(index - 1)!
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}
