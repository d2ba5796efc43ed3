/** A bar of today and a line of what is usual, on a scale of their own: no bar is ever compared with another. */
export interface OwnScale {
  todayPercent: number
  /** null where nothing is known of the weeks before */
  usualPercent: number | null
}

/** What is usual stands at two thirds, unless today is beyond the end; with nothing to compare no length means anything. */
export const ownScale = (today: number | null, usual: number | null): OwnScale => {
  if (!usual) return { todayPercent: 0, usualPercent: null }
  const end = Math.max(1.5 * usual, today ?? 0)
  return { todayPercent: (100 * (today ?? 0)) / end, usualPercent: (100 * usual) / end }
}
