import type { FraudType, Measured } from './anti-fraud.codes.ts'

/** What a measure's figure looks at: the day so far, the day to the full hour, and that of four weeks. */
export const spans = ['Today', 'ToHour', 'UsualToHour'] as const
export type Span = (typeof spans)[number]

/** Days that a share looks back on, the running one included. */
export const shareDays = { Today: 1, FourWeeks: 28 } as const
export type ShareSpan = keyof typeof shareDays
export const shareSpans = Object.keys(shareDays) as ShareSpan[]

const pascalOf = (id: string): string =>
  id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

const stemOf = ({ measure, quantity }: Measured): string => {
  const pascal = pascalOf(measure)
  return pascal.charAt(0).toLowerCase() + pascal.slice(1) + (quantity === 'yuan' ? 'Yuan' : '')
}

/** `callsBlockedToday`, `fundsStoppedYuanUsualToHour` */
export const measureName = (measured: Measured, span: Span): string => `${stemOf(measured)}${span}`

/** `fundWarningsFakeShoppingShareToday` */
export const shareName = (measured: Measured, type: FraudType, span: ShareSpan): string =>
  `${stemOf(measured)}${pascalOf(type)}Share${span}`
