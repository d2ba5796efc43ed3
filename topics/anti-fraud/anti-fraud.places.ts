/** Where a count is drawn. Outlines of townships are not public, their seats are. */
export interface Seat {
  /** degrees, WGS-84, rounded to 0.01° */
  lon: number
  lat: number
}

const seat = (lon: number, lat: number): Seat => ({ lon, lat })

/**
 * Divisions whose seat is known, by code (statistical codes of 2023-06-30). A county stands at its own seat, and so
 * does whatever in it has no known seat; the prefecture has none of its own on the map.
 */
const seats: ReadonlyMap<string, Seat> = new Map([
  ['532801', seat(100.8, 22.01)],
  ['532801103', seat(100.68, 21.58)],
  ['532801104', seat(100.92, 21.85)],
  ['532801105', seat(100.9, 22.09)],
  ['532801106', seat(101.06, 22.51)],
  ['532801203', seat(100.8, 22.43)],
  ['532801204', seat(100.93, 22.37)],
  ['532801205', seat(101.29, 22.49)],
  ['532801206', seat(101, 22.04)],
  ['532822', seat(100.44, 21.95)],
  ['532822102', seat(100.05, 21.7)],
  ['532822103', seat(100.38, 21.84)],
  ['532822104', seat(100.27, 21.99)],
  ['532822105', seat(100.13, 22.18)],
  ['532822106', seat(100.33, 22.19)],
  ['532822201', seat(100.56, 22.06)],
  ['532822202', seat(100.47, 22.39)],
  ['532822204', seat(100.42, 21.59)],
  ['532823', seat(101.57, 21.49)],
  ['532823102', seat(101.31, 21.45)],
  ['532823103', seat(101.3, 21.3)],
  ['532823104', seat(101.25, 21.94)],
  ['532823105', seat(101.69, 21.19)],
  ['532823106', seat(101.64, 21.73)],
  ['532823107', seat(101.29, 21.7)],
])

/** The whole prefecture: what no known county answers for is counted here. */
export const prefecture = '532800'

/** The division that a count is kept under: its own, else its county, else the prefecture. So there are few. */
export const placeOf = (division: string): string => {
  if (seats.has(division)) return division
  const county = division.slice(0, 6)
  return seats.has(county) ? county : prefecture
}

/** Where a place is drawn; null for the prefecture, which is everywhere. */
export const seatOf = (place: string): Seat | null => seats.get(place) ?? null
