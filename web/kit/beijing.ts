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

/** 11月22日 22:41, 22 Nov 22:41. */
const momentText = (at: number, lang: Lang): string => {
  const date = new Date(at + beijingMs)
  const [month, day] = [date.getUTCMonth(), date.getUTCDate()]
  const dayText =
    lang === 'zh' ? `${month + 1}月${day}日` : `${day} ${months.split(' ')[month]!.slice(0, 3)}`
  return `${dayText} ${clockText(at).slice(0, 5)}`
}

/** A span of time, the day named twice only where there are two: 11月22日 00:00–22:41, 25 Oct 00:00 – 22 Nov 22:00. */
export const windowText = (
  { fromMs, toMs }: { fromMs: number; toMs: number },
  lang: Lang,
): string => {
  const [from, to] = [momentText(fromMs, lang), momentText(toMs, lang)]
  const dayOf = (text: string) => text.slice(0, -5)
  return dayOf(from) === dayOf(to) ? `${from}–${to.slice(-5)}` : `${from} – ${to}`
}
