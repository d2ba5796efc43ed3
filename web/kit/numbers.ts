const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const means = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** 2,418 */
export const countText = (value: number): string => counts.format(value)

/** A mean, to three significant digits: 198, 12.3, 0.5. */
export const meanText = (value: number): string => means.format(value)

/** A share as whole per cents, without the sign; a small share that is not 0 is `<1`. */
export const percentText = (share: number): string =>
  share > 0 && share < 0.01 ? '<1' : String(Math.round(100 * share))
