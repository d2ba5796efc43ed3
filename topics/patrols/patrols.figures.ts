import { dayMs, midnightOf, toMinute } from '#protocol/beijing.ts'
import type { Figure, Provenance } from '#protocol/figure.ts'
import { type Part, provenanceOf } from '#protocol/provenance.ts'
import {
  isOnDuty,
  isOverdue,
  isSilent,
  lacksFix,
  type PatrolledSegment,
  type Patrols,
  type Stranger,
  statusOf,
  type Unit,
} from './patrol.ts'
import { freeStatuses, outStatuses } from './patrols.codes.ts'
import { segments } from './segments.codes.ts'

const ofUnit = ({ sources, simulated, newest }: Unit): Part => ({
  sources,
  count: 1,
  simulated,
  newest,
})
const ofOne = ({ source, simulated, newest }: PatrolledSegment | Stranger): Part => ({
  sources: [source],
  count: 1,
  simulated,
  newest,
})

const countUnits =
  (rule: string, matches: (one: Unit) => boolean) =>
  (state: Patrols): Figure => {
    const some = Array.from(state.units.values()).filter(matches)
    return {
      value: state.knowsUnits ? some.length : null,
      unit: 'count',
      provenance: provenanceOf(`patrols.rule.${rule}`, null, some.map(ofUnit)),
    }
  }

const onDuty = (state: Patrols): Figure => {
  const figure = countUnits('onDuty', isOnDuty)(state)
  const { abandoned } = state
  return { ...figure, provenance: { ...figure.provenance, excluded: { abandoned } } }
}

const isOut = (one: Unit): boolean => {
  const status = statusOf(one)
  return status !== null && outStatuses.includes(status)
}

/** Free by its own word, and heard: whoever is silent cannot be sent. */
const isAvailable = (one: Unit): boolean => {
  const status = statusOf(one)
  return status !== null && freeStatuses.includes(status) && !isSilent(one)
}

const todayOf = (now: number) => ({ fromMs: midnightOf(now), toMs: toMinute(now) })

const unrostered = (state: Patrols, now: number): Figure => {
  const window = todayOf(now)
  const some = Array.from(state.strangers.values()).filter(
    ({ day, isRostered }) => day === window.fromMs && !isRostered,
  )
  return {
    value: state.knowsUnits ? some.length : null,
    unit: 'count',
    provenance: provenanceOf('patrols.rule.unrostered', window, some.map(ofOne)),
  }
}

const rollCalls =
  (rule: string, measure: (called: number, answered: number) => number | null) =>
  (state: Patrols, now: number): Figure => {
    const window = todayOf(now)
    const bySource = Array.from(state.rollCalls.get(window.fromMs) ?? [])
    const sum = (of: 'count' | 'answered') =>
      bySource.reduce((total, [, calls]) => total + calls[of], 0)
    const parts = bySource.map(
      ([source, { count, simulated, newest }]): Part => ({
        sources: [source],
        count,
        simulated,
        newest,
      }),
    )
    return {
      value: state.knowsUnits ? measure(sum('count'), sum('answered')) : null,
      unit: rule === 'rollCalled' ? 'count' : 'share',
      provenance: provenanceOf(`patrols.rule.${rule}`, window, parts),
    }
  }

/** The last 24 h, up to the minute. */
const lastDayOf = (now: number) => ({ fromMs: toMinute(now) - dayMs, toMs: toMinute(now) })

const patrolledSegments =
  (rule: string, unit: Figure['unit'], whole: number) =>
  (state: Patrols, now: number): Figure => {
    const window: NonNullable<Provenance['window']> = lastDayOf(now)
    const some = segments.flatMap(({ code }) => {
      const patrolled = state.segments.get(code)
      return patrolled && patrolled.at >= window.fromMs ? [patrolled] : []
    })
    return {
      value: state.clockMs > 0 ? some.length / whole : null,
      unit,
      provenance: provenanceOf(`patrols.rule.${rule}`, window, some.map(ofOne)),
    }
  }

export interface SegmentRow {
  code: string
  township: string
  neighbour: 'Laos' | 'Myanmar'
  line: readonly number[]
  /** when it was last patrolled, ms; null when that is not known */
  patrolledAt: number | null
  /** in the last 24 h, up to the minute; null before anything was heard at all */
  isPatrolled: boolean | null
  sources: readonly string[]
  newest: Provenance['newest']
  simulated: boolean
}

/** The segments in order along the border, and when each was last patrolled. */
export const segmentRows = (state: Patrols, now: number): SegmentRow[] =>
  segments.map(({ code, township, neighbour, line }) => {
    const patrolled = state.segments.get(code)
    const patrolledAt = patrolled?.at ?? null
    return {
      code,
      township,
      neighbour,
      line,
      patrolledAt,
      isPatrolled: state.clockMs > 0 ? (patrolledAt ?? 0) >= lastDayOf(now).fromMs : null,
      sources: patrolled ? [patrolled.source] : [],
      newest: patrolled?.newest ?? null,
      simulated: patrolled?.simulated ?? false,
    }
  })

export const patrolFigures = {
  onDuty,
  available: countUnits('available', isAvailable),
  out: countUnits('out', isOut),
  atPost: countUnits('atPost', (one) => statusOf(one) === 'atPost'),
  emergency: countUnits('emergency', (one) => statusOf(one) === 'emergency'),
  overdue: countUnits('overdue', isOverdue),
  silent: countUnits('silent', isSilent),
  noFix: countUnits('noFix', (one) => lacksFix(one) && !isSilent(one)),
  unrostered,
  rollCalled: rollCalls('rollCalled', (called) => called),
  rollAnsweredShare: rollCalls('rollAnsweredShare', (called, answered) =>
    called > 0 ? answered / called : null,
  ),
  segmentsPatrolled: patrolledSegments('segmentsPatrolled', 'count', 1),
  segmentsPatrolledShare: patrolledSegments('segmentsPatrolledShare', 'share', segments.length),
}
