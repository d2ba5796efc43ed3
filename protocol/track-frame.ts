import type { Fix } from './track.ts'

/*
 * A binary frame of the feed: where units are, latest fix each, in columns. Little-endian.
 *
 *   0  u8   kind (1)
 *   1  u8   flags: bit 0 every unit is in it (a key frame), bit 1 there is an age column
 *   2  u16  count of units
 *   4  i16  origin longitude, whole degrees      6  i16  origin latitude
 *   8  f64  time of the tick, server ms
 *  16  index column: gaps between ascending indices, 1 byte below 224, 2 below 8,160, else 255 and u24
 *      lon column u16 · lat column u16: cells of 100 m from the origin
 *      heading column u8 · speed column u8 · age column u8 (only when flagged)
 *
 * A frame stands by itself: nothing in it refers to an earlier one, so any of them may be left out.
 */
const kind = 1
const headerBytes = 16
const keyFlag = 1
const agesFlag = 2
const unitsPerFrame = 65_535

/** More units than any screen is told of: a table for them takes 24 MiB. */
export const unitsAtMost = 2 ** 20

/** Side of a cell, degrees: 100 m from north to south, 93 m from east to west at 22° N. */
export const cellDeg = 0.0009
const cellsPerAxis = 65_536
const degreesPerFrame = Math.floor(cellsPerAxis * cellDeg) - 1

/** A fix that is no older than this at its tick counts as of the tick itself, ms. */
export const freshWithinMs = 1500

/** No heading, no speed known. */
const unknown = 255

/** 1/16 of an octave a step: 0 to 18 h in one byte, within 2.2 %. */
const encodeAge = (ageMs: number): number =>
  Math.min(255, Math.round(16 * Math.log2(1 + Math.max(0, ageMs) / 1000)))
const decodeAge = (code: number): number => (2 ** (code / 16) - 1) * 1000

/** One unit to be told of: its index (announced by `units`) and its latest fix. */
export interface TrackEntry {
  index: number
  fix: Pick<Fix, 'at' | 'lon' | 'lat' | 'speedKmh' | 'headingDeg'>
}

/** Where a frame is unpacked to: one slot a unit, by index. It grows; no object is made per unit. */
export interface TrackTable {
  /** indices below this may hold a unit */
  size: number
  /** lon, lat, lon, lat … degrees */
  positions: Float32Array
  /** NaN: unknown */
  headingDeg: Float32Array
  /** NaN: unknown */
  speedKmh: Float32Array
  /** when it was measured, server ms; 0: no fix yet */
  fixAt: Float64Array
}

export const createTrackTable = (capacity = 1024): TrackTable => ({
  size: 0,
  positions: new Float32Array(2 * capacity),
  headingDeg: new Float32Array(capacity),
  speedKmh: new Float32Array(capacity),
  fixAt: new Float64Array(capacity),
})

/** Makes room for indices below `size`. */
export const growTrackTable = (table: TrackTable, size: number): void => {
  if (size > table.fixAt.length) {
    const wider = createTrackTable(Math.max(size, 2 * table.fixAt.length))
    wider.positions.set(table.positions)
    wider.headingDeg.set(table.headingDeg)
    wider.speedKmh.set(table.speedKmh)
    wider.fixAt.set(table.fixAt)
    Object.assign(table, wider, { size: table.size })
  }
  table.size = Math.max(table.size, size)
}

const twoByteFrom = 224
const fourByteFrom = twoByteFrom + (255 - twoByteFrom) * 256

const encodeIndices = (entries: readonly TrackEntry[]): number[] => {
  const bytes: number[] = []
  let next = 0
  for (const { index } of entries) {
    const gap = index - next
    const rest = gap - twoByteFrom
    if (gap < twoByteFrom) bytes.push(gap)
    else if (gap < fourByteFrom) bytes.push(twoByteFrom + (rest >> 8), rest & 255)
    else bytes.push(255, gap & 255, (gap >> 8) & 255, gap >> 16)
    next = index + 1
  }
  return bytes
}

/** How many bytes a gap takes, by its first one. */
const gapBytes = (first: number): number => (first < twoByteFrom ? 1 : first < 255 ? 2 : 4)

const decodeGap = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at]!
  if (first < twoByteFrom) return first
  if (first < 255) return twoByteFrom + (first - twoByteFrom) * 256 + bytes[at + 1]!
  return bytes[at + 1]! | (bytes[at + 2]! << 8) | (bytes[at + 3]! << 16)
}

const encodeOne = (entries: readonly TrackEntry[], tickAt: number, isKey: boolean): Uint8Array => {
  const originLon = Math.floor(entries.reduce((least, { fix }) => Math.min(least, fix.lon), 180))
  const originLat = Math.floor(entries.reduce((least, { fix }) => Math.min(least, fix.lat), 90))
  const hasAges = entries.some(({ fix }) => tickAt - fix.at > freshWithinMs)
  const indices = encodeIndices(entries)
  const count = entries.length
  const bytes = new Uint8Array(headerBytes + indices.length + count * (hasAges ? 7 : 6))
  const view = new DataView(bytes.buffer)
  view.setUint8(0, kind)
  view.setUint8(1, (isKey ? keyFlag : 0) | (hasAges ? agesFlag : 0))
  view.setUint16(2, count, true)
  view.setInt16(4, originLon, true)
  view.setInt16(6, originLat, true)
  view.setFloat64(8, tickAt, true)
  bytes.set(indices, headerBytes)
  const lonAt = headerBytes + indices.length
  const latAt = lonAt + 2 * count
  const headingAt = latAt + 2 * count
  const speedAt = headingAt + count
  const ageAt = speedAt + count
  for (const [n, { fix }] of entries.entries()) {
    view.setUint16(lonAt + 2 * n, Math.round((fix.lon - originLon) / cellDeg), true)
    view.setUint16(latAt + 2 * n, Math.round((fix.lat - originLat) / cellDeg), true)
    bytes[headingAt + n] =
      fix.headingDeg === null ? unknown : Math.round((fix.headingDeg / 360) * 255) % 255
    bytes[speedAt + n] = fix.speedKmh === null ? unknown : Math.min(254, Math.round(fix.speedKmh))
    if (hasAges) bytes[ageAt + n] = encodeAge(tickAt - fix.at)
  }
  return bytes
}

/** Units that fit one frame: near enough to its origin, and few enough. */
const split = (entries: readonly TrackEntry[]): TrackEntry[][] => {
  const groups = new Map<number, TrackEntry[]>()
  for (const entry of entries) {
    const column = Math.floor((entry.fix.lon + 180) / degreesPerFrame)
    const row = Math.floor((entry.fix.lat + 90) / degreesPerFrame)
    // no string a unit a tick: there are fewer rows than 360
    const key = 360 * column + row
    const group = groups.get(key)
    if (group) group.push(entry)
    else groups.set(key, [entry])
  }
  return Array.from(groups.values()).flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / unitsPerFrame) }, (_, n) =>
      group.slice(n * unitsPerFrame, (n + 1) * unitsPerFrame),
    ),
  )
}

/** Frames that tell of the units, as of a tick; usually one. `entries` in any order, each index once. */
export const encodeTracks = (
  entries: readonly TrackEntry[],
  tickAt: number,
  isKey: boolean,
): Uint8Array[] => {
  const sorted = entries.toSorted((a, b) => a.index - b.index)
  return split(sorted).map((group) => encodeOne(group, tickAt, isKey))
}

/** What each byte of a column means: asked for by every unit of every frame. */
const headings = Float32Array.from({ length: 256 }, (_, code) =>
  code === unknown ? Number.NaN : (code * 360) / 255,
)
const speeds = Float32Array.from({ length: 256 }, (_, code) =>
  code === unknown ? Number.NaN : code,
)
const ages = Float64Array.from({ length: 256 }, (_, code) => decodeAge(code))

/**
 * Unpacks a frame into the table. Throws `RangeError` at bytes that are no whole frame, or tell of an index from `below`
 * on; the table is then as before.
 */
export const decodeTracks = (
  bytes: Uint8Array,
  into: TrackTable,
  below = unitsAtMost,
): { tickAt: number; count: number } => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint8(0) !== kind) throw new RangeError('not a track frame')
  const flags = view.getUint8(1)
  const count = view.getUint16(2, true)
  const tickAt = view.getFloat64(8, true)
  if (!Number.isFinite(tickAt)) throw new RangeError('a track frame of no time')
  let lonAt = headerBytes
  let last = -1
  for (let n = 0; n < count; n++) {
    if (lonAt >= bytes.length) throw new RangeError('a track frame was cut')
    last += 1 + decodeGap(bytes, lonAt)
    lonAt += gapBytes(bytes[lonAt]!)
  }
  if (last >= below) throw new RangeError('a track frame of a unit that nobody has named')
  const hasAges = (flags & agesFlag) !== 0
  if (bytes.length !== lonAt + count * (hasAges ? 7 : 6))
    throw new RangeError('a track frame of a wrong length')
  const originLon = view.getInt16(4, true)
  const originLat = view.getInt16(6, true)
  if (Math.abs(originLon) > 180 || Math.abs(originLat) > 90)
    throw new RangeError('a track frame of no place on earth')
  const latAt = lonAt + 2 * count
  const headingAt = latAt + 2 * count
  const speedAt = headingAt + count
  const ageAt = speedAt + count
  growTrackTable(into, last + 1)
  const { positions, headingDeg, speedKmh, fixAt } = into
  let index = -1
  let read = headerBytes
  for (let n = 0; n < count; n++) {
    const first = bytes[read]!
    index += 1 + (first < twoByteFrom ? first : decodeGap(bytes, read))
    read += gapBytes(first)
    positions[2 * index] = originLon + view.getUint16(lonAt + 2 * n, true) * cellDeg
    positions[2 * index + 1] = originLat + view.getUint16(latAt + 2 * n, true) * cellDeg
    headingDeg[index] = headings[bytes[headingAt + n]!]!
    speedKmh[index] = speeds[bytes[speedAt + n]!]!
    fixAt[index] = hasAges ? tickAt - ages[bytes[ageAt + n]!]! : tickAt
  }
  return { tickAt, count }
}
