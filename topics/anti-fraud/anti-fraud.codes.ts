/** What is measured (`fraud-types.json`, indicators). Each is a sum of its own: none is ever added to another. */
export const measures = [
  'calls-blocked',
  'sms-blocked',
  'sites-handled',
  'fund-warnings',
  'face-to-face-dissuasion',
  'funds-stopped',
  'funds-frozen',
  'funds-returned',
  'cases-solved',
] as const
export type Measure = (typeof measures)[number]

/**
 * The measures that have money. Stopped, frozen and returned are three separate sums: the same money may first
 * be stopped and then frozen.
 */
export const moneyMeasures = ['funds-stopped', 'funds-frozen', 'funds-returned'] as const
export type MoneyMeasure = (typeof moneyMeasures)[number]

export const hasMoney = (measure: Measure): measure is MoneyMeasure =>
  (moneyMeasures as readonly Measure[]).includes(measure)

/** Types of fraud as the list of 2025 has them; loan and credit record were two in the list of 2024. */
export const fraudTypes = [
  'fake-order-rebate',
  'fake-investment',
  'fake-shopping',
  'fake-customer-service',
  'fake-loan-or-credit',
  'fake-acquaintance',
  'fake-authority',
  'fake-romance',
  'fake-game-trade',
] as const
export type FraudType = (typeof fraudTypes)[number]

/** What was merged in 2025, by the id of 2024: so that a series goes on across the change. */
export const mergedTypes = {
  'fake-loan': 'fake-loan-or-credit',
  'fake-credit-record': 'fake-loan-or-credit',
} as const satisfies Record<string, FraudType>
export type MergedType = keyof typeof mergedTypes

/** Types that a sender may name: those of today and those of 2024. */
export const sentTypes = [...fraudTypes, ...(Object.keys(mergedTypes) as MergedType[])] as const
export type SentType = FraudType | MergedType

/** The type under which a series counts what was sent. */
export const fraudTypeOf = (sent: SentType): FraudType =>
  sent in mergedTypes ? mergedTypes[sent as MergedType] : (sent as FraudType)

/** What a figure adds up: how many, or how much money. */
export type Quantity = 'count' | 'yuan'

/** A measure and what of it is added up. */
export interface Measured {
  measure: Measure
  quantity: Quantity
}

/** Every sum that there is: all measures by number, three of them by money too. */
export const quantities: readonly Measured[] = [
  ...measures.map((measure): Measured => ({ measure, quantity: 'count' })),
  ...moneyMeasures.map((measure): Measured => ({ measure, quantity: 'yuan' })),
]

/** What is told apart by type: what threatens, by number; what it nearly cost, by money. */
export const typed: readonly Measured[] = [
  { measure: 'fund-warnings', quantity: 'count' },
  { measure: 'funds-stopped', quantity: 'yuan' },
]

/** What the wall shows first, and by the hour. */
export const leadMeasure: Measure = 'calls-blocked'

/** What the wall lists after it; the three sums of money have a panel of their own. */
export const otherMeasures: readonly Measure[] = [
  'sms-blocked',
  'fund-warnings',
  'face-to-face-dissuasion',
  'sites-handled',
  'cases-solved',
]

/** What the map shows by place: a warning is somebody at risk now, where a visit may still help. */
export const measureOnMap: Measure = 'fund-warnings'
