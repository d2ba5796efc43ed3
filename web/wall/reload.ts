import { hourOf, midnightOf } from '#protocol/beijing.ts'

const hourMs = 3_600_000
const fromHour = 3
const toHour = 5
const untouchedMs = 10 * 60_000
/** Whatever goes wrong with it, a wall that begins anew all the time is worse than an old one. */
const leastApartMs = 6 * hourMs

/** What is to be known before a wall may begin anew. */
export interface Quiet {
  /** the server's clock, ms; null: not known */
  nowMs: number | null
  /** when this wall was loaded last, by the server's clock, ms */
  loadedAtMs: number
  isLive: boolean
  /** open P1 and P2; null: not known */
  openAlarms: number | null
  /** how long nobody has touched it, ms */
  untouchedMs: number
  /** the server has another build than this page */
  isOutdated: boolean
}

/**
 * Whether this is a minute in which nobody misses the wall for a second: once a night, and once for each new build. The
 * last condition, that the server answers, is tried only when all of these hold.
 */
export const mayReload = (quiet: Quiet): boolean => {
  const { nowMs, loadedAtMs, isLive, openAlarms, isOutdated } = quiet
  if (nowMs === null || !isLive || openAlarms !== 0 || quiet.untouchedMs < untouchedMs) return false
  if (nowMs - loadedAtMs < leastApartMs) return false
  if (isOutdated) return true
  const hour = hourOf(nowMs)
  const tonightMs = midnightOf(nowMs) + fromHour * hourMs
  return hour >= fromHour && hour < toHour && loadedAtMs < tonightMs
}

/** The script that a page begins with; its name holds the hash of the build. */
export const entryOf = (html: string): string | null =>
  /<script[^>]+src="([^"]+)"/.exec(html)?.[1] ?? null
