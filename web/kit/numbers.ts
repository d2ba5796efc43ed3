import type { Lang } from './lang.ts'

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const means = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** 2,418 */
export const countText = (value: number): string => counts.format(value)

/** A mean, to three significant digits: 198, 12.3, 0.5. */
export const meanText = (value: number): string => means.format(value)

/** From here on a number is told by three digits: nobody reads six from eight metres. */
const longFrom = 100_000

const longText = (value: number, lang: Lang): string => {
  if (lang === 'zh') return `${meanText(value / 10_000)} 万`
  return value < 1_000_000 ? `${meanText(value / 1000)} k` : `${meanText(value / 1_000_000)} M`
}

/** A count as a wall prints it: 98,304, 46.1 万, 461 k, 4.61 M. */
export const shortCountText = (value: number, lang: Lang): string =>
  value < longFrom ? countText(value) : longText(value, lang)

/** A mean as a wall prints it. */
export const shortMeanText = (value: number, lang: Lang): string =>
  value < longFrom ? meanText(value) : longText(value, lang)

/** A share as whole per cents, without the sign; a small share that is not 0 is `<1`. */
export const percentText = (share: number): string =>
  share > 0 && share < 0.01 ? '<1' : String(Math.round(100 * share))
