/**
 * How many lines each alarm gets of a place that holds so many. Each has one; a second goes to those that stand first.
 * Where there are more alarms than lines, the last have none.
 */
export const shareLines = (alarms: number, lines: number): number[] => {
  const shown = Math.max(0, Math.min(alarms, lines))
  return Array.from({ length: shown }, (_, n) => (n < lines - shown ? 2 : 1))
}
