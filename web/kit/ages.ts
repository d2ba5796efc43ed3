import type { Lang } from './lang.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const units = {
  zh: { second: '秒', minute: '分', hour: '小时', day: '天' },
  en: { second: 's', minute: 'min', hour: 'h', day: 'd' },
}

/** How long something has been so, in its largest unit. A clock that is a little ahead makes nothing negative. */
export const spanText = (spanMs: number, lang: Lang): string => {
  const unit = units[lang]
  if (spanMs < minuteMs) return `${Math.max(0, Math.floor(spanMs / secondMs))} ${unit.second}`
  if (spanMs < hourMs) return `${Math.floor(spanMs / minuteMs)} ${unit.minute}`
  if (spanMs < 2 * dayMs) return `${Math.floor(spanMs / hourMs)} ${unit.hour}`
  return `${Math.floor(spanMs / dayMs)} ${unit.day}`
}

/** The one way to say how old something is. */
export const ageText = (ageMs: number, lang: Lang): string =>
  spanText(ageMs, lang) + (lang === 'zh' ? '前' : ' ago')
