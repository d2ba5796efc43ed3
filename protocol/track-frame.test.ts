import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cellDeg,
  createTrackTable,
  decodeTracks,
  encodeTracks,
  freshWithinMs,
  type TrackEntry,
} from './track-frame.ts'

const tickAt = Date.UTC(2026, 10, 22, 14)
const entry = (index: number, fix: Partial<TrackEntry['fix']> = {}): TrackEntry => ({
  index,
  fix: { at: tickAt, lon: 100.8, lat: 22, speedKmh: 42, headingDeg: 90, ...fix },
})
const through = (entries: TrackEntry[]) => {
  const table = createTrackTable(4)
  for (const frame of encodeTracks(entries, tickAt, false)) decodeTracks(frame, table)
  return table
}

const anyEntry = fc.record({
  index: fc.nat(70_000),
  fix: fc.record({
    at: fc.integer({ min: tickAt - 60_000_000, max: tickAt + 1000 }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    speedKmh: fc.option(fc.double({ min: 0, max: 400, noNaN: true })),
    headingDeg: fc.option(fc.double({ min: 0, max: 359.999, noNaN: true })),
  }),
})

describe('a track frame', () => {
  it('brings every unit over, to its cell of 100 m, its second and its degree', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyEntry, { selector: ({ index }) => index, maxLength: 40 }),
        (entries) => {
          const table = through(entries)
          for (const { index, fix } of entries) {
            const [lon, lat] = table.positions.subarray(2 * index)
            expect(Math.abs(lon! - fix.lon)).toBeLessThanOrEqual(cellDeg / 2 + 2e-5)
            expect(Math.abs(lat! - fix.lat)).toBeLessThanOrEqual(cellDeg / 2 + 2e-5)
            const ageMs = Math.max(0, tickAt - fix.at)
            expect(Math.abs(table.fixAt[index]! - (tickAt - ageMs))).toBeLessThanOrEqual(
              freshWithinMs + ageMs * 0.04,
            )
            const heading = table.headingDeg[index]!
            if (fix.headingDeg === null) expect(heading).toBeNaN()
            else {
              const off = Math.abs(heading - fix.headingDeg)
              expect(Math.min(off, 360 - off)).toBeLessThan(1)
            }
            const speed = table.speedKmh[index]!
            if (fix.speedKmh === null) expect(speed).toBeNaN()
            else expect(Math.abs(speed - Math.min(254, fix.speedKmh))).toBeLessThanOrEqual(0.51)
          }
        },
      ),
    )
  })

  it('leaves the units alone that it does not tell of', () => {
    const table = through([entry(0), entry(5, { lon: 101 })])
    expect(table.size).toBe(6)
    expect(Array.from(table.fixAt.subarray(0, 6))).toEqual([tickAt, 0, 0, 0, 0, tickAt])
  })

  it('costs 7 bytes a unit when all are fresh, 8 with ages, and at most 12 however sparse', () => {
    const sizeOf = (entries: TrackEntry[]) =>
      encodeTracks(entries, tickAt, false).reduce((sum, { length }) => sum + length, 0)
    const many = Array.from({ length: 1000 }, (_, n) => entry(n))
    expect(sizeOf(many)).toBe(16 + 7 * 1000)
    expect(sizeOf([...many, entry(1000, { at: tickAt - 60_000 })])).toBe(16 + 8 * 1001)
    const sparse = [0, 9000, 100_000, 1_000_000].map((index) => entry(index, { at: 0 }))
    expect(sizeOf(sparse)).toBeLessThanOrEqual(16 + 12 * 4)
  })

  it('takes units at both ends of the earth, in frames of their own', () => {
    const table = through([
      entry(0, { lon: -179.9, lat: -89.9 }),
      entry(1, { lon: 179.9, lat: 89.9 }),
    ])
    expect(Array.from(table.positions.subarray(0, 4)).map(Math.round)).toEqual([-180, -90, 180, 90])
  })

  it('makes no room for units that nobody can have named, and unpacks nothing of such a frame', () => {
    const [far] = encodeTracks([entry(0), entry(70_000)], tickAt, true)
    const table = createTrackTable()
    expect(() => decodeTracks(far!, table, 70_000)).toThrow(RangeError)
    expect([table.size, table.fixAt.length]).toEqual([0, 1024])
    // one unit, and as many left out before it as four bytes can say
    const one = encodeTracks([entry(0)], tickAt, true)[0]!
    const huge = Uint8Array.of(...one.subarray(0, 16), 255, 255, 255, 255, ...one.subarray(17))
    expect(() => decodeTracks(huge, table)).toThrow(RangeError)
    expect(table.fixAt.length).toBe(1024)
  })

  it('throws at a frame of no time, and of no place on earth', () => {
    const [frame] = encodeTracks([entry(0)], tickAt, true)
    for (const spoil of [
      (view: DataView) => view.setFloat64(8, Number.NaN, true),
      (view: DataView) => view.setInt16(4, 181, true),
      (view: DataView) => view.setInt16(6, -91, true),
    ]) {
      const spoilt = frame!.slice()
      spoil(new DataView(spoilt.buffer))
      expect(() => decodeTracks(spoilt, createTrackTable())).toThrow(RangeError)
    }
  })

  it('throws at rubbish and at every cut, and never loops', () => {
    const [frame] = encodeTracks([entry(0), entry(300), entry(301, { at: 0 })], tickAt, true)
    for (let length = 0; length < frame!.length; length++) {
      expect(() => decodeTracks(frame!.subarray(0, length), createTrackTable())).toThrow(RangeError)
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeTracks(bytes, createTrackTable())
        } catch (fault) {
          expect(fault).toBeInstanceOf(RangeError)
        }
      }),
    )
  })
})
