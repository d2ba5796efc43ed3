import type { Lang } from '#web/kit/lang.ts'
import type { TypeScale } from '#web/kit/type-scale.ts'
import type { Format } from './scenes/scene.ts'

/** From this many sizes of a word on, two columns stand on each side of the map; from the second on, three. */
const wideFromEm = 115
const vastFromEm = { zh: 175, en: 190 }
const lowBelowEm = 48

/** How a wall is cut up, CSS px. */
export interface Geometry {
  format: Format
  /** columns that hold few lines: panels then leave out what they can spare */
  isLow: boolean
  marginPx: number
  gutterPx: number
  /** columns beside the map; no meaning in portrait */
  leftPx: number
  /** the inner columns of a wide or vast wall */
  innerPx: number
  rightPx: number
  headPx: number
  footPx: number
  /** the line of tiles above the map */
  ledePx: number
  /** the place kept for alarms of priority 1, also while there is none */
  alarmPx: number
  /** the queue of a portrait */
  queuePx: number
}

/** Least and most width of the columns, in sizes of a word: below a line breaks, above the eye gets lost. */
const columnsEm = {
  zh: { left: [18, 24], inner: [18, 24], right: [21, 27] },
  en: { left: [19, 25], inner: [22, 26], right: [21, 38] },
} as const

/** Share of the width that a column may take: a wide wall gives it to more columns rather than to wider ones. */
const shares: Record<Format, { side: number; right: number }> = {
  compact: { side: 0.22, right: 0.3 },
  wide: { side: 0.14, right: 0.19 },
  vast: { side: 0.105, right: 0.14 },
  portrait: { side: 0.22, right: 0.3 },
}

/** Of the height: what stands below the map has no more, the map of a portrait no less. */
const mostBandShare = 0.42
const leastMapShare = 0.2

const clamp = (least: number, value: number, most: number) =>
  Math.round(Math.min(most, Math.max(least, value)))

const formatOf = (widthPx: number, heightPx: number, wordPx: number, lang: Lang): Format => {
  if (widthPx < 1.2 * heightPx) return 'portrait'
  if (widthPx < wideFromEm * wordPx) return 'compact'
  return widthPx < vastFromEm[lang] * wordPx ? 'wide' : 'vast'
}

/** Cuts up a wall by its shape and by how large words must be on it; `format` where that alone does not say it. */
export const wallGeometry = (
  widthPx: number,
  heightPx: number,
  { wordPx, valuePx, keyPx, heroPx }: TypeScale,
  lang: Lang,
  format = formatOf(widthPx, heightPx, wordPx, lang),
): Geometry => {
  const { left, inner, right } = columnsEm[lang]
  const { side, right: rightShare } = shares[format]
  const isPortrait = format === 'portrait'
  const headPx = Math.round(1.6 * keyPx) + (isPortrait ? Math.round(1.5 * wordPx) : 0)
  const footPx = Math.round(2.2 * wordPx)
  const alarmPx = Math.round(1.2 * keyPx + 2.8 * valuePx + 6.2 * wordPx)
  const queuePx = Math.round(0.19 * heightPx)
  return {
    format,
    isLow: heightPx < lowBelowEm * wordPx,
    marginPx: Math.round(1.2 * wordPx),
    gutterPx: Math.round(1.4 * wordPx),
    leftPx: clamp(left[0] * wordPx, side * widthPx, left[1] * wordPx),
    innerPx: clamp(inner[0] * wordPx, side * widthPx, inner[1] * wordPx),
    rightPx: clamp(right[0] * wordPx, rightShare * widthPx, right[1] * wordPx),
    headPx,
    footPx,
    ledePx: Math.round(heroPx + 4.9 * wordPx),
    alarmPx,
    queuePx,
  }
}

/** What stands below the map may be so high, where the tiles above it are so high, px. */
export const mostBandPx = (geometry: Geometry, heightPx: number, tilesPx: number): number => {
  const { format, headPx, alarmPx, queuePx, footPx } = geometry
  const mostPx = mostBandShare * heightPx
  if (format !== 'portrait') return Math.floor(mostPx)
  const takenPx = headPx + alarmPx + tilesPx + queuePx + footPx
  return Math.max(0, Math.floor(Math.min(mostPx, (1 - leastMapShare) * heightPx - takenPx)))
}

/** Columns between the outermost ones: on which side of the map, and how many. */
export const innerColumns: Record<Format, { left: number; right: number }> = {
  compact: { left: 0, right: 0 },
  wide: { left: 1, right: 1 },
  vast: { left: 2, right: 2 },
  portrait: { left: 0, right: 0 },
}
