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

/** The place at a share of a line's length. */
export const placeAt = (line: readonly number[], share: number): [lon: number, lat: number] => {
  const lengths: number[] = []
  for (let i = 2; i < line.length; i += 2) {
    lengths.push(distanceKm(line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!))
  }
  let leftKm = share * lengths.reduce((sum, km) => sum + km, 0)
  for (const [index, km] of lengths.entries()) {
    const last = index === lengths.length - 1
    if (leftKm <= km || last) {
      const [lon, lat, nextLon, nextLat] = line.slice(2 * index, 2 * index + 4)
      const part = Math.min(1, leftKm / (km || 1))
      return [lon! + (nextLon! - lon!) * part, lat! + (nextLat! - lat!) * part]
    }
    leftKm -= km
  }
  return [line[0]!, line[1]!]
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
