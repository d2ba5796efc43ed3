import type { Camera, LonLat, Size } from './fit.ts'

/** Where the map looks from and on how large a stage: what is needed to know where a place falls. */
export interface MapView {
  camera: Camera
  size: Size
}

/** What the map is turned to; it flies there and stays. */
export type MapTarget =
  | { fit: 'prefecture' }
  /** a county by its six-digit code */
  | { fit: 'county'; code: string }
  /** a place and how much around it is seen, from side to side of the free room */
  | { at: [lon: number, lat: number]; spanKm: number }
  /** one of the centre's own units, wherever it goes */
  | { follow: string }

/** What lies under the pointer: a topic's thing, or `units` for the track lane. */
export interface Pick {
  layer: string
  /** what the topic calls it: an incident's number, a cell's, a unit's */
  id: string
  position: [lon: number, lat: number]
}

/** The edge of a thing on the map: the corners of an area, or the place of a sign and how far it reaches. */
export type Outline =
  | { ring: readonly LonLat[] }
  | { place: LonLat; radiusPx: number; offsetPx?: readonly [number, number] }

/** Where something is written beside a place: its sides, px from the place. */
export type Written = readonly [left: number, top: number, right: number, bottom: number]

/** What a topic draws its layers from. */
export interface MapScene<State> {
  state: State
  now: number
  /** smallest size of a word, px */
  labelPx: number
  /** how large a degree of longitude is drawn, px */
  pxPerDegree: number
  /** where the map's own room ends on the right, degrees: what is written beside a mark stays within it */
  eastLon: number
  /** how far what is written beside a place has to move so that no seam of the wall cuts it, px right and down */
  clearing(place: LonLat, written: Written): readonly [number, number]
}
