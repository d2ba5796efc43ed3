import type { Lang } from '#web/kit/lang.ts'
import type { TypeScale } from '#web/kit/type-scale.ts'
import type { Format } from './layout.ts'

/** From this many sizes of a word on, two columns stand on each side of the map. */
const wideFromEm = 115
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
  /** the inner columns of a wide wall */
  innerPx: number
  rightPx: number
  headPx: number
  footPx: number
  /** the place kept for a level-1 incident, also while there is none */
  alarmPx: number
}

/** Least and most width of the columns, in sizes of a word: below a line breaks, above the eye gets lost. */
const columnsEm = {
  zh: { left: [18, 24], inner: [18, 24], right: [21, 27] },
  en: { left: [19, 25], inner: [22, 26], right: [21, 38] },
} as const

const clamp = (least: number, value: number, most: number) =>
  Math.round(Math.min(most, Math.max(least, value)))

export const wallGeometry = (
  widthPx: number,
  heightPx: number,
  { wordPx, valuePx, keyPx }: TypeScale,
  lang: Lang,
): Geometry => {
  const { left, inner, right } = columnsEm[lang]
  const format =
    widthPx < 1.2 * heightPx ? 'portrait' : widthPx >= wideFromEm * wordPx ? 'wide' : 'compact'
  // a wide wall gives the width to more columns rather than to wider ones
  const share = format === 'wide' ? 0.14 : 0.22
  const headPx = Math.round(1.6 * keyPx)
  return {
    format,
    isLow: heightPx < lowBelowEm * wordPx,
    marginPx: Math.round(1.2 * wordPx),
    gutterPx: Math.round(1.4 * wordPx),
    leftPx: clamp(left[0] * wordPx, share * widthPx, left[1] * wordPx),
    innerPx: clamp(inner[0] * wordPx, share * widthPx, inner[1] * wordPx),
    rightPx: clamp(
      right[0] * wordPx,
      (format === 'wide' ? 0.19 : 0.3) * widthPx,
      right[1] * wordPx,
    ),
    headPx: format === 'portrait' ? headPx + Math.round(1.5 * wordPx) : headPx,
    footPx: Math.round(2.2 * wordPx),
    alarmPx: Math.round(1.2 * keyPx + 1.2 * valuePx + 4.2 * wordPx + wordPx),
  }
}
