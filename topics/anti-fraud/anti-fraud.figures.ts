import { dayMs, midnightOf, toHour, toMinute, weekMs } from '#protocol/beijing.ts'
import type { Figure } from '#protocol/figure.ts'
import { provenanceOf } from '#protocol/provenance.ts'
import { type Told, toldByPart, toldByShares } from '#protocol/small-counts.ts'
import type { Select } from '#protocol/topic.ts'
import {
  type FraudType,
  fraudTypes,
  type Measure,
  type Measured,
  quantities,
  typed,
} from './anti-fraud.codes.ts'
import {
  measureName,
  type ShareSpan,
  type Span,
  shareDays,
  shareName,
  shareSpans,
  spans,
} from './anti-fraud.names.ts'
import { shareIn } from './anti-fraud.shares.ts'
import { isHeard, sumsIn, sumUp, usualIn, weeksKnown } from './anti-fraud.sums.ts'
import type { Fraud } from './series.ts'

const ruleOf = (name: string): string => `anti-fraud.rule.${name}`

const usual =
  (measured: Measured): Select<Fraud> =>
  (state, now): Figure => {
    const [fromMs, toMs] = [midnightOf(now), toHour(now)]
    const weeks = weeksKnown(state, measured.measure, fromMs)
    const { value, sums } = usualIn(state, measured, { fromMs, toMs }, weeks)
    const rule = ruleOf(measureName(measured, 'UsualToHour'))
    const window = { fromMs: fromMs - 4 * weekMs, toMs: toMs - weekMs }
    const provenance = provenanceOf(rule, window, sums, { weeksWithoutData: 4 - weeks.length })
    const count = sumUp(sums, 'count')
    // a mean below 5 is no small count, but nobody can tell it from one across a room
    const told = value !== null && { base: measured.quantity === 'count' ? value : count }
    return { value, unit: measured.quantity, ...told, provenance }
  }

/** The day and its full hours stand side by side: their difference is what the running hour brought. */
const toldOf = (state: Fraud, measure: Measure, now: number, isToHour: boolean): Told => {
  const fromMs = midnightOf(now)
  const countTo = (toMs: number) => sumUp(sumsIn(state, measure, { fromMs, toMs }), 'count')
  const told = toldByPart(countTo(fromMs + dayMs), countTo(toHour(now)))
  return isToHour ? told.part : told.whole
}

const soFar =
  (measured: Measured, span: Span): Select<Fraud> =>
  (state, now): Figure => {
    const { measure, quantity } = measured
    const fromMs = midnightOf(now)
    const isToHour = span === 'ToHour'
    // senders may be minutes ahead: the whole day counts, not only what lies behind the server's clock
    const toMs = isToHour ? toHour(now) : fromMs + dayMs
    const sums = sumsIn(state, measure, { fromMs, toMs })
    const window = { fromMs, toMs: isToHour ? toMs : toMinute(now) }
    const isKnown = isHeard(state, measure)
    return {
      value: isKnown ? sumUp(sums, quantity) : null,
      unit: quantity,
      ...(isKnown && toldOf(state, measure, now, isToHour)),
      provenance: provenanceOf(ruleOf(measureName(measured, span)), window, sums),
    }
  }

const share =
  (measured: Measured, type: FraudType, span: ShareSpan): Select<Fraud> =>
  (state, now): Figure => {
    const fromMs = midnightOf(now) - (shareDays[span] - 1) * dayMs
    const { value, counts, all, untyped } = shareIn(state, measured, type, fromMs)
    const rule = ruleOf(shareName(measured, type, span))
    const told = isHeard(state, measured.measure) && toldByShares(counts)[fraudTypes.indexOf(type)]
    const provenance = provenanceOf(rule, { fromMs, toMs: toMinute(now) }, all, { untyped })
    return { value, unit: 'share', ...told, provenance }
  }

type Named = [name: string, select: Select<Fraud>]

const measureFigures = quantities.flatMap((measured) =>
  spans.map(
    (span): Named => [
      measureName(measured, span),
      span === 'UsualToHour' ? usual(measured) : soFar(measured, span),
    ],
  ),
)

const shareFigures = typed.flatMap((measured) =>
  fraudTypes.flatMap((type) =>
    shareSpans.map((span): Named => [shareName(measured, type, span), share(measured, type, span)]),
  ),
)

/**
 * Each says of how many it tells (`base`), be it calls, warnings or cases: behind each of them is a person. Every measure
 * by itself; no figure adds one to another, least of all stopped, frozen and returned.
 */
export const fraudFigures: Record<string, Select<Fraud>> = Object.fromEntries([
  ...measureFigures,
  ...shareFigures,
])
