import type { Lang } from './lang.ts'

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** How long something has been going on: 08:40, after an hour 1:08:40, after two days 4 天 / 4 d. */
export const runningTime = (durationMs: number, lang: Lang): string => {
  const allSeconds = Math.max(0, Math.floor(durationMs / 1000))
  const hours = Math.floor(allSeconds / 3600)
  const minutes = Math.floor(allSeconds / 60) % 60
  const seconds = allSeconds % 60
  if (hours >= 48) return `${Math.floor(hours / 24)} ${lang === 'zh' ? '天' : 'd'}`
  if (hours > 0) return `${hours}:${twoDigits(minutes)}:${twoDigits(seconds)}`
  return `${twoDigits(minutes)}:${twoDigits(seconds)}`
}

/**
 * How long something has taken so far, so that it is never read as a time of day: 13 分, 1时22分, 4 天. To the minute, and from ten
 * hours on to the hour: three digits are what a wall reads.
 */
export const elapsedText = (durationMs: number, lang: Lang): string => {
  const minutes = Math.max(0, Math.floor(durationMs / 60_000))
  const hours = Math.floor(minutes / 60)
  const [minute, hour, day] = lang === 'zh' ? ['分', '时', '天'] : ['min', 'h', 'd']
  if (minutes < 1) return `<1 ${minute}`
  if (hours < 1) return `${minutes} ${minute}`
  if (hours < 10) {
    const parts = [hours, hour, twoDigits(minutes % 60), minute]
    return parts.join(lang === 'zh' ? '' : ' ')
  }
  if (hours < 48) return `${hours} ${hour}`
  return `${Math.floor(hours / 24)} ${day}`
}

/** Minutes with at most three significant digits: 0.6, 9.4, 21.3, 108. */
export const minutesText = (durationMs: number): string => {
  const minutes = durationMs / 60_000
  return minutes < 99.95 ? minutes.toFixed(1) : String(Math.round(Number(minutes.toPrecision(3))))
}
