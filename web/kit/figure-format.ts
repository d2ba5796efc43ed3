import type { Figure } from '#protocol/figure.ts'
import { minutesText } from './durations.ts'
import { countText, meanText, percentText } from './numbers.ts'

/** How a figure is printed; its value stays in the unit that it was computed in. */
export const figureFormats = {
  count: countText,
  mean: meanText,
  /** of a value in ms */
  minutes: minutesText,
  /** of a value in ms: to three significant digits */
  seconds: (value: number) => meanText(value / 1000),
  /** of a share */
  percent: percentText,
  /** of a value in yuan, in 万元 or in thousands: to three significant digits */
  tenThousands: (value: number) => meanText(value / 10_000),
  thousands: (value: number) => meanText(value / 1000),
}
export type FigureFormat = keyof typeof figureFormats

/** `null` is "no data" and never looks like a number. */
export const figureText = (value: number | null, format: FigureFormat): string =>
  value === null ? '—' : figureFormats[format](value)

/** What stands in the place of a value that this screen may not have: `<5` of a count, else `*`; null where it may. */
export const withheldText = ({ unit, under, beside }: Figure): string | null => {
  if (under === undefined) return null
  // money or a share is not itself under 5, and some counts are not either
  return unit === 'count' && !beside ? `<${under}` : '*'
}
