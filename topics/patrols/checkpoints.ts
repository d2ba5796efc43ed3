import { type Segment, segments } from './segments.codes.ts'

/** A place on a border segment that a patrol of it must come by. */
export interface Checkpoint {
  segment: string
  /** 1 to 3, along the segment */
  checkpoint: number
  lon: number
  lat: number
}

/** Shares of the segment's length at which its checkpoints lie: two thirds of it are between the first and the last. */
export const checkpointShares = [1 / 6, 1 / 2, 5 / 6]
/** How near is "came by", km. At 40 km/h a unit is inside for over a minute: no tick can miss it. */
export const cameByKm = 0.4

const kmPerDegree = 111.195
/** Width of a degree of longitude against one of latitude, at 21.7° N: good to 0.3 % along the whole border. */
const squeeze = Math.cos((21.7 * Math.PI) / 180)

export const distanceKm = (aLon: number, aLat: number, bLon: number, bLat: number): number =>
  kmPerDegree * Math.hypot((aLon - bLon) * squeeze, aLat - bLat)

/** For every point of a line, the km from its beginning. */
const kmAlong = (line: readonly number[]): number[] => {
  const km = [0]
  for (let i = 2; i < line.length; i += 2) {
    km.push(km.at(-1)! + distanceKm(line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!))
  }
  return km
}

/** The place at a share, from 0 to 1, of a line's length. */
export const placeAt = (line: readonly number[], share: number): [lon: number, lat: number] => {
  const km = kmAlong(line)
  const wantedKm = share * km.at(-1)!
  const next = Math.max(
    1,
    km.findIndex((one) => one >= wantedKm),
  )
  const [lon, lat, nextLon, nextLat] = line.slice(2 * next - 2, 2 * next + 2)
  const part = (wantedKm - km[next - 1]!) / (km[next]! - km[next - 1]! || 1)
  return [lon! + (nextLon! - lon!) * part, lat! + (nextLat! - lat!) * part]
}

/** The part of a line between two shares of its length. */
export const lineBetween = (line: readonly number[], from: number, to: number): number[] => {
  const km = kmAlong(line)
  const lengthKm = km.at(-1)!
  const inner = km.flatMap((one, n) =>
    one > from * lengthKm && one < to * lengthKm ? [line[2 * n]!, line[2 * n + 1]!] : [],
  )
  return [...placeAt(line, from), ...inner, ...placeAt(line, to)]
}

const checkpointsOf = ({ code, line }: Segment): Checkpoint[] =>
  checkpointShares.map((share, index) => {
    const [lon, lat] = placeAt(line, share)
    return { segment: code, checkpoint: index + 1, lon, lat }
  })

export const checkpoints: readonly Checkpoint[] = segments.flatMap(checkpointsOf)

const reachDeg = cameByKm / kmPerDegree

/** The checkpoint that a unit at this place comes by, the nearest if there are two. */
export const checkpointBy = (lon: number, lat: number): Checkpoint | null => {
  let best: Checkpoint | null = null
  let bestKm = cameByKm
  for (const one of checkpoints) {
    if (Math.abs(one.lat - lat) > reachDeg) continue
    const km = distanceKm(one.lon, one.lat, lon, lat)
    if (km > bestKm) continue
    bestKm = km
    best = one
  }
  return best
}
