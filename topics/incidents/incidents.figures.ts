import { dayMs, midnightOf, toHour, toMinute, weekMs } from '#protocol/beijing.ts'
import type { Figure, Provenance } from '#protocol/figure.ts'
import { type Part, provenanceOf } from '#protocol/provenance.ts'
import {
  aheadMs,
  cameInAt,
  firstHourOf,
  type Incident,
  type Incidents,
  isOpen,
} from './incident.ts'
import { type IntervalName, intervals, measureInterval } from './incidents.intervals.ts'

const partOf = ({ sources, simulated, newest }: Incident): Part => ({
  sources,
  count: 1,
  simulated,
  newest,
})

const ofIncidents = (
  rule: string,
  window: Provenance['window'],
  some: Iterable<Incident>,
  excluded: Record<string, number> = {},
): Provenance => provenanceOf(rule, window, Array.from(some, partOf), excluded)

const hasData = (state: Incidents): boolean => state.clockMs > 0

/** Open incidents, gravest first, then those that nobody was sent to, then the newest. */
export const queue = (state: Incidents): Incident[] =>
  Array.from(state.byNumber.values())
    .filter(isOpen)
    .sort(
      (a, b) =>
        a.report!.level - b.report!.level ||
        Number(a.first.has('dispatched')) - Number(b.first.has('dispatched')) ||
        b.report!.at - a.report!.at ||
        (a.incident < b.incident ? -1 : 1),
    )

const countOpen =
  (rule: string, matches: (one: Incident) => boolean) =>
  (state: Incidents): Figure => {
    const some = queue(state).filter(matches)
    return {
      value: hasData(state) ? some.length : null,
      unit: 'count',
      provenance: ofIncidents(rule, null, some),
    }
  }

/** Calls taken from fromMs up to toMs; both full hours, unless toMs is beyond the newest call. */
const callsIn = (
  state: Incidents,
  fromMs: number,
  toMs: number,
): { value: number; parts: Part[] } => {
  const parts: Part[] = []
  for (const [hour, bySource] of state.callsByHour) {
    if (hour < fromMs || hour >= toMs) continue
    for (const [source, { count, simulated, newest }] of bySource) {
      parts.push({ sources: [source], count, simulated, newest })
    }
  }
  return { value: parts.reduce((sum, part) => sum + part.count, 0), parts }
}

const today = (state: Incidents, now: number): Figure => {
  const window = { fromMs: midnightOf(now), toMs: toMinute(now) }
  // senders may be ahead of the server's clock
  const untilMs = Math.min(window.toMs + aheadMs, window.fromMs + dayMs)
  const { value, parts } = callsIn(state, window.fromMs, untilMs)
  return {
    value: hasData(state) ? value : null,
    unit: 'count',
    provenance: provenanceOf('incidents.rule.today', window, parts),
  }
}

const todayToHour = (state: Incidents, now: number): Figure => {
  const window = { fromMs: midnightOf(now), toMs: toHour(now) }
  const { value, parts } = callsIn(state, window.fromMs, window.toMs)
  return {
    value: hasData(state) ? value : null,
    unit: 'count',
    provenance: provenanceOf('incidents.rule.todayToHour', window, parts),
  }
}

const usualToHour = (state: Incidents, now: number): Figure => {
  const sinceMs = firstHourOf(state)
  const midnight = midnightOf(now)
  const hourAt = toHour(now)
  const weeks = [1, 2, 3, 4]
    .map((weeksBack) => ({
      fromMs: midnight - weeksBack * weekMs,
      toMs: hourAt - weeksBack * weekMs,
    }))
    .filter(({ fromMs }) => fromMs >= sinceMs)
    .map(({ fromMs, toMs }) => callsIn(state, fromMs, toMs))
  const sum = weeks.reduce((total, { value }) => total + value, 0)
  return {
    value: weeks.length > 0 ? sum / weeks.length : null,
    unit: 'count',
    provenance: provenanceOf(
      'incidents.rule.usualToHour',
      { fromMs: midnight - 4 * weekMs, toMs: hourAt - weekMs },
      weeks.flatMap(({ parts }) => parts),
      { weeksWithoutData: 4 - weeks.length },
    ),
  }
}

/** Incidents that came in within the window, or ahead of it as far as a sender's clock may be. */
const cameInWithin = (
  state: Incidents,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Incident[] =>
  Array.from(state.byNumber.values()).filter((one) => {
    const at = cameInAt(one)
    return at !== null && at >= fromMs && at < toMs + aheadMs
  })

type Part4 = 'Median' | 'P90' | 'Used' | 'Excluded'
type IntervalFigureName = `${IntervalName}${Part4}`

const intervalFigure =
  (name: IntervalName, part: Part4) =>
  (state: Incidents, now: number): Figure => {
    const window = { fromMs: toMinute(now) - dayMs, toMs: toMinute(now) }
    const { medianMs, p90Ms, used, missing, outOfOrder } = measureInterval(
      name,
      cameInWithin(state, window),
    )
    const counted = hasData(state) ? used.length : null
    const value = {
      Median: medianMs,
      P90: p90Ms,
      Used: counted,
      Excluded: counted === null ? null : missing + outOfOrder,
    }[part]
    return {
      value,
      unit: part === 'Median' || part === 'P90' ? 'ms' : 'count',
      provenance: ofIncidents(`incidents.rule.${name}${part}`, window, used, {
        missing,
        outOfOrder,
      }),
    }
  }

const intervalFigures = Object.fromEntries(
  (Object.keys(intervals) as IntervalName[]).flatMap((name) =>
    (['Median', 'P90', 'Used', 'Excluded'] as const).map((part) => [
      `${name}${part}`,
      intervalFigure(name, part),
    ]),
  ),
) as Record<IntervalFigureName, (state: Incidents, now: number) => Figure>

export const incidentFigures = {
  open: countOpen('incidents.rule.open', () => true),
  openLevel1: countOpen('incidents.rule.openLevel1', (one) => one.report!.level === 1),
  openLevel2: countOpen('incidents.rule.openLevel2', (one) => one.report!.level === 2),
  openLevel3: countOpen('incidents.rule.openLevel3', (one) => one.report!.level === 3),
  openLevel4: countOpen('incidents.rule.openLevel4', (one) => one.report!.level === 4),
  waiting: countOpen('incidents.rule.waiting', (one) => !one.first.has('dispatched')),
  today,
  todayToHour,
  usualToHour,
  ...intervalFigures,
}
