import type { Lang } from './lang.ts'

/** Beijing time, which has no summer time. */
const beijingMs = 8 * 3_600_000

const weekdays = {
  zh: '日一二三四五六',
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}
const months =
  'January February March April May June July August September October November December'

/** 22:41:07 in Beijing. */
export const clockText = (at: number): string =>
  new Date(at + beijingMs).toISOString().slice(11, 19)

/** The hour of the day in Beijing, 0–23. */
export const hourOf = (at: number): number => new Date(at + beijingMs).getUTCHours()

/** 星期日, Sunday. */
export const weekdayText = (at: number, lang: Lang): string => {
  const weekday = new Date(at + beijingMs).getUTCDay()
  return lang === 'zh' ? `星期${weekdays.zh[weekday]}` : (weekdays.en[weekday] ?? '')
}

/** 11月22日 星期日, Sunday 22 November. */
export const dateText = (at: number, lang: Lang): string => {
  const date = new Date(at + beijingMs)
  const [month, day, weekday] = [date.getUTCMonth(), date.getUTCDate(), weekdayText(at, lang)]
  return lang === 'zh'
    ? `${month + 1}月${day}日 ${weekday}`
    : `${weekday} ${day} ${months.split(' ')[month]}`
}
