import type { Lang } from './lang.ts'

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const means = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** 2,418 */
export const countText = (value: number): string => counts.format(value)

/** A mean, to three significant digits: 198, 12.3, 0.5. */
export const meanText = (value: number): string => means.format(value)

/** A count that may be of any size, where there is little room: 98,304, 461 万, 4.61 M. */
export const shortCountText = (value: number, lang: Lang): string => {
  if (value < 100_000) return countText(value)
  return lang === 'zh' ? `${meanText(value / 10_000)} 万` : `${meanText(value / 1_000_000)} M`
}

/** A share as whole per cents, without the sign; a small share that is not 0 is `<1`. */
export const percentText = (share: number): string =>
  share > 0 && share < 0.01 ? '<1' : String(Math.round(100 * share))
