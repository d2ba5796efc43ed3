/** How far a value is from what is usual, with its sign: +5%, −8%, 0%. Null where either is unknown or nothing is usual. */
export const differenceText = (is: number | null, usual: number | null): string | null => {
  if (is === null || !usual) return null
  const percent = Math.round((100 * (is - usual)) / usual)
  if (percent === 0) return '0%'
  // beyond this it says nothing more
  if (percent > 999) return '>10×'
  return percent > 0 ? `+${percent}%` : `\u2212${-percent}%`
}
