import { gunzipSync, gzipSync } from 'node:zlib'
import type { Fix } from '#protocol/track.ts'

/** Ten millionths of a degree: 1 cm. */
const perDegree = 1e7
const none = 0xffff

/** The first line of a chunk: what the columns after it mean. */
interface ChunkHead {
  version: 1
  fromMs: number
  count: number
  units: string[]
  /** indices into `units` */
  simulated: number[]
}

/**
 * Fixes in columns, gzipped: a head as one line of JSON, then unit u32, time since `fromMs` i32, arrival after that i32,
 * lon i32, lat i32 (1e-7 degrees), speed u16 (0.1 km/h), heading u16 (0.1 degrees); 65535 is "unknown".
 */
export const encodeChunk = (fixes: readonly Fix[]): Buffer => {
  const units = new Map<string, number>()
  const simulated = new Set<number>()
  const fromMs = fixes.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY)
  const count = fixes.length
  const columns = {
    unit: new Uint32Array(count),
    at: new Int32Array(count),
    lag: new Int32Array(count),
    lon: new Int32Array(count),
    lat: new Int32Array(count),
    speed: new Uint16Array(count),
    heading: new Uint16Array(count),
  }
  for (const [n, fix] of fixes.entries()) {
    const unit = units.get(fix.unit) ?? units.size
    units.set(fix.unit, unit)
    if (fix.simulated) simulated.add(unit)
    columns.unit[n] = unit
    columns.at[n] = fix.at - fromMs
    columns.lag[n] = fix.seenAt - fix.at
    columns.lon[n] = Math.round(fix.lon * perDegree)
    columns.lat[n] = Math.round(fix.lat * perDegree)
    columns.speed[n] = fix.speedKmh === null ? none : Math.round(fix.speedKmh * 10)
    columns.heading[n] = fix.headingDeg === null ? none : Math.round(fix.headingDeg * 10)
  }
  const head: ChunkHead = {
    version: 1,
    fromMs,
    count,
    units: [...units.keys()],
    simulated: [...simulated],
  }
  return gzipSync(
    Buffer.concat([
      Buffer.from(`${JSON.stringify(head)}\n`),
      ...Object.values(columns).map(({ buffer }) => Buffer.from(buffer)),
    ]),
  )
}

/** The inverse of `encodeChunk`; throws at bytes that are no chunk. */
export const decodeChunk = (bytes: Uint8Array): Fix[] => {
  const plain = gunzipSync(bytes)
  const headEnd = plain.indexOf(0x0a)
  const { version, fromMs, count, units, simulated } = JSON.parse(
    plain.subarray(0, headEnd).toString(),
  ) as ChunkHead
  if (version !== 1 || plain.length !== headEnd + 1 + count * 24)
    throw new RangeError('not a track chunk')
  // copied, since a typed array must start at a multiple of its width
  const columns = Uint8Array.from(plain.subarray(headEnd + 1)).buffer
  const column = (first: number) => first * 4 * count
  const unit = new Uint32Array(columns, 0, count)
  const at = new Int32Array(columns, column(1), count)
  const lag = new Int32Array(columns, column(2), count)
  const lon = new Int32Array(columns, column(3), count)
  const lat = new Int32Array(columns, column(4), count)
  const speed = new Uint16Array(columns, column(5), count)
  const heading = new Uint16Array(columns, column(5) + 2 * count, count)
  const isSimulated = new Set(simulated)
  return Array.from({ length: count }, (_, n) => ({
    unit: units[unit[n]!]!,
    at: fromMs + at[n]!,
    seenAt: fromMs + at[n]! + lag[n]!,
    lon: lon[n]! / perDegree,
    lat: lat[n]! / perDegree,
    speedKmh: speed[n] === none ? null : speed[n]! / 10,
    headingDeg: heading[n] === none ? null : heading[n]! / 10,
    simulated: isSimulated.has(unit[n]!),
  }))
}
