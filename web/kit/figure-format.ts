import type { Figure } from '#protocol/figure.ts'
import { minutesText } from './durations.ts'
import type { Lang } from './lang.ts'
import { countText, meanText, percentText, shortCountText, shortMeanText } from './numbers.ts'

/** How a figure is printed; its value stays in the unit that it was computed in. */
export const figureFormats = {
  count: shortCountText,
  mean: shortMeanText,
  /** of a value in ms */
  minutes: minutesText,
  /** of a value in ms: to three significant digits */
  seconds: (value: number) => meanText(value / 1000),
  /** of a share */
  percent: percentText,
  /** of a value in yuan, in 万元 or in thousands: to three significant digits */
  money: (value: number, lang: Lang) => meanText(value / (lang === 'zh' ? 10_000 : 1000)),
}
export type FigureFormat = keyof typeof figureFormats

/** `null` is "no data" and never looks like a number. */
export const figureText = (value: number | null, format: FigureFormat, lang: Lang): string =>
  value === null ? '—' : figureFormats[format](value, lang)

/** The same where there is room for every digit of a count. */
export const exactText = (value: number | null, format: FigureFormat, lang: Lang): string =>
  value !== null && format === 'count' ? countText(value) : figureText(value, format, lang)

/** What stands in the place of a value that this screen may not have: `<5` of a count, else `*`; null where it may. */
export const withheldText = ({ unit, under, beside }: Figure): string | null => {
  if (under === undefined) return null
  // money or a share is not itself under 5, and some counts are not either
  return unit === 'count' && !beside ? `<${under}` : '*'
}
