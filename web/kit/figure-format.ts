import { minutesText } from './durations.ts'
import { countText, meanText } from './numbers.ts'

/** How a figure is printed; its value stays in the unit that it was computed in. */
export const figureFormats = {
  count: countText,
  mean: meanText,
  /** of a value in ms */
  minutes: minutesText,
}
export type FigureFormat = keyof typeof figureFormats

/** `null` is "no data" and never looks like a number. */
export const figureText = (value: number | null, format: FigureFormat): string =>
  value === null ? '—' : figureFormats[format](value)
