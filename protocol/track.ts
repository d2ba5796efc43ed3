/**
 * A position of one of the centre's own units, as the track lane carries it. Latest wins; it is never an event.
 * Degrees are WGS-84.
 */
export interface Fix {
  unit: string
  /** when it was measured, ms */
  at: number
  /** when it arrived, ms */
  seenAt: number
  lon: number
  lat: number
  speedKmh: number | null
  /** clockwise from north, 0 ≤ headingDeg < 360 */
  headingDeg: number | null
  simulated: boolean
}
