export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
export const weekMs = 7 * dayMs

/** Beijing time is 8 h ahead of UTC, all year round. */
export const beijingOffsetMs = 8 * hourMs

/** The last midnight in Beijing, ms. */
export const midnightOf = (now: number): number => now - ((now + beijingOffsetMs) % dayMs)

/** The last full minute, ms: windows turn on it, so that a screen and the server name the same figure. */
export const toMinute = (now: number): number => now - (now % minuteMs)

/** The last full hour, ms. */
export const toHour = (now: number): number => now - (now % hourMs)

/** The hour of the day in Beijing, 0–23. */
export const hourOf = (at: number): number => Math.floor((at - midnightOf(at)) / hourMs)
