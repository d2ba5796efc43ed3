/** A place in degrees: longitude, latitude. */
export type Point = [number, number]
export type Line = Point[]

const kmPerDegree = 111.195

/** Distance in km; flat earth, good to 0.1 % inside a prefecture. */
export const distanceKm = (a: Point, b: Point): number => {
  const squeeze = Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180)
  return kmPerDegree * Math.hypot((a[0] - b[0]) * squeeze, a[1] - b[1])
}

/** The point of a line that is nearest to `place`, and how far it is. */
export const nearestOn = (line: Line, place: Point): { point: Point; km: number } => {
  const squeeze = Math.cos((place[1] * Math.PI) / 180)
  let best = { point: line[0]!, squared: Number.POSITIVE_INFINITY }
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = line[i - 1]!
    const dx = (line[i]![0] - ax) * squeeze
    const dy = line[i]![1] - ay
    const px = (place[0] - ax) * squeeze
    const py = place[1] - ay
    const along = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)))
    const squared = (px - along * dx) ** 2 + (py - along * dy) ** 2
    if (squared < best.squared) {
      best = { point: [ax + (along * dx) / squeeze, ay + along * dy], squared }
    }
  }
  return { point: best.point, km: kmPerDegree * Math.sqrt(best.squared) }
}

/** Even-odd test of a place against one ring. */
export const isInside = (ring: Line, [x, y]: Point): boolean => {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!
    const [xj, yj] = ring[j]!
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

const isSame = (a: Point, b: Point) => a[0] === b[0] && a[1] === b[1]

/**
 * Takes out of a closed ring what a survey lattice leaves in it: points said twice, spikes that go
 * out and back, and knots (loops of up to `knotPoints` points). Only then do neighbours share arcs.
 */
export const untangle = (ring: Line, knotPoints = 6): Line => {
  let points = ring.slice(0, -1)
  let before = 0
  do {
    before = points.length
    const around = (i: number) => points.at(i % points.length)!
    points = points.filter((point, i) => !isSame(point, points.at(i - 1)!))
    points = points.filter((_, i) => !isSame(points.at(i - 1)!, around(i + 1)))
    for (let i = 0; i < points.length; i++) {
      for (let step = 2; step <= knotPoints; step++) {
        if (i + step < points.length && isSame(points[i]!, points[i + step]!)) {
          points.splice(i, step)
        }
      }
    }
  } while (points.length < before)
  return [...points, points[0]!]
}

/** Cuts the corners once (Chaikin); the ends of an open line, and of a closed one, stay. */
export const smooth = (line: Line): Line => {
  if (line.length < 3) return line
  const cut: Line = [line[0]!]
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = line[i - 1]!
    const [bx, by] = line[i]!
    if (i > 1) cut.push([ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25])
    if (i < line.length - 1) cut.push([ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75])
  }
  cut.push(line.at(-1)!)
  return cut
}

/** Thins a line (Douglas–Peucker); no point that is dropped lies further off than `toleranceDeg`. */
export const thin = (line: Line, toleranceDeg: number): Line => {
  if (line.length < 3) return line
  const [from, to] = [line[0]!, line.at(-1)!]
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  let furthest = { index: 0, deg: 0 }
  for (let i = 1; i < line.length - 1; i++) {
    const [px, py] = [line[i]![0] - from[0], line[i]![1] - from[1]]
    const deg = length > 0 ? Math.abs(px * dy - py * dx) / length : Math.hypot(px, py)
    if (deg > furthest.deg) furthest = { index: i, deg }
  }
  if (furthest.deg <= toleranceDeg) return [from, to]
  const head = thin(line.slice(0, furthest.index + 1), toleranceDeg)
  return [...head.slice(0, -1), ...thin(line.slice(furthest.index), toleranceDeg)]
}
