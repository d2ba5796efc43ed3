import type { MapLang } from './base-map.ts'
import { mapColours } from './map-colours.ts'

export const mapFont = 'Barlow, "Noto Sans SC", sans-serif'
type Weight = 400 | 500 | 600

/** A name as it is drawn. */
export interface MapLabel {
  text: string
  position: [number, number]
  offset: [number, number]
  sizePx: number
  weight: Weight
  colour: readonly [number, number, number, number]
}
/** How wide a text is, px. */
export type Measure = (text: string, sizePx: number, weight: Weight) => number

export type Style = Pick<MapLabel, 'sizePx' | 'weight' | 'colour'>

/** Names of what is around are set wide: that is how a map tells them from places. */
export const spaced = (name: string, lang: MapLang) =>
  Array.from(lang === 'zh' ? name : name.toUpperCase()).join(lang === 'zh' ? '  ' : ' ')

/** How the names of each kind are set, where a word is so large, px. */
export const styles = {
  county: (labelPx: number, sizeEm: number): Style => ({
    sizePx: labelPx * sizeEm,
    weight: 600,
    colour: mapColours.countyName,
  }),
  neighbour: (labelPx: number): Style => ({
    sizePx: labelPx * 1.2,
    weight: 500,
    colour: mapColours.neighbourName,
  }),
  seat: (labelPx: number): Style => ({
    sizePx: labelPx,
    weight: 400,
    colour: mapColours.seatName,
  }),
  river: (labelPx: number): Style => ({
    sizePx: labelPx,
    weight: 400,
    colour: mapColours.riverName,
  }),
}
