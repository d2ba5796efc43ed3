import type { Lang } from './lang.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const units = {
  zh: { second: ' 秒前', minute: ' 分前', hour: ' 小时前', day: ' 天前' },
  en: { second: ' s ago', minute: ' min ago', hour: ' h ago', day: ' d ago' },
}

/** The one way to say how old something is. A clock that is a little ahead makes no negative ages. */
export const ageText = (ageMs: number, lang: Lang): string => {
  const unit = units[lang]
  if (ageMs < minuteMs) return Math.max(0, Math.floor(ageMs / secondMs)) + unit.second
  if (ageMs < hourMs) return Math.floor(ageMs / minuteMs) + unit.minute
  if (ageMs < 2 * dayMs) return Math.floor(ageMs / hourMs) + unit.hour
  return Math.floor(ageMs / dayMs) + unit.day
}
