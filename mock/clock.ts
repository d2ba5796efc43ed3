export const secondMs = 1000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** Beijing time is 8 h ahead of UTC, all year round. */
const aheadMs = 8 * hourMs

/** The day in Beijing, counted from 1970-01-01. */
export const dayOf = (atMs: number): number => Math.floor((atMs + aheadMs) / dayMs)

/** Midnight in Beijing at which a day begins. */
export const startOfDayMs = (day: number): number => day * dayMs - aheadMs

/** 0–23, in Beijing. */
export const hourOf = (atMs: number): number =>
  Math.floor((atMs - startOfDayMs(dayOf(atMs))) / hourMs)

/** 0 is Sunday. */
export const weekdayOf = (day: number): number => (day + 4) % 7

/** `20260131` */
export const stampOf = (day: number): string =>
  new Date(day * dayMs).toISOString().slice(0, 10).replaceAll('-', '')
