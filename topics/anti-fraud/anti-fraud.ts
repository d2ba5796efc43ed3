import { dayMs, hourMs, midnightOf, toHour } from '#protocol/beijing.ts'
import { effectiveAt, type FeedEvent } from '#protocol/event.ts'
import type { Topic } from '#protocol/topic.ts'
import { fraudTypeOf, type Measure, typed } from './anti-fraud.codes.ts'
import type { FraudBodies } from './anti-fraud.events.ts'
import { fraudFigures } from './anti-fraud.figures.ts'
import { placeOf } from './anti-fraud.places.ts'
import { addTo, type Fraud, type Series } from './series.ts'

/** Hours: today and the same hours of four weeks before it. */
const hoursKeptMs = 29 * dayMs
/** Types: 28 days and the one before, since a screen may turn its day a minute after the server's events do. */
const typesKeptMs = 28 * dayMs
/** Places: today and yesterday, for the same reason. */
const placesKeptMs = dayMs

const initial = (): Fraud => ({
  series: new Map(),
  sinceMs: new Map(),
  heardAt: new Map(),
  clockMs: 0,
})

const isTyped = (measure: Measure): boolean => typed.some((one) => one.measure === measure)

const seriesOf = (state: Fraud, measure: Measure, source: string): Series => {
  const key = `${measure} ${source}`
  const known = state.series.get(key)
  if (known) return known
  const series = { measure, source, byHour: new Map(), byType: new Map(), byPlace: new Map() }
  state.series.set(key, series)
  return series
}

const cellsOf = <Key, Cells>(byDay: Map<number, Map<Key, Cells>>, day: number) => {
  const cells = byDay.get(day) ?? new Map<Key, Cells>()
  byDay.set(day, cells)
  return cells
}

const dropBefore = (cells: Map<unknown, unknown>, firstMs: number): void => {
  for (const key of cells.keys()) if ((key as number) < firstMs) cells.delete(key)
}

/** Keeps what is kept at `clockMs` and no more, so that the order of arrival leaves no trace. */
const prune = (state: Fraud): void => {
  const { clockMs } = state
  for (const [key, { byHour, byType, byPlace }] of state.series) {
    dropBefore(byHour, toHour(clockMs) - hoursKeptMs)
    dropBefore(byType, midnightOf(clockMs) - typesKeptMs)
    dropBefore(byPlace, midnightOf(clockMs) - placesKeptMs)
    if (byHour.size === 0) state.series.delete(key)
  }
  for (const [source, at] of state.heardAt) {
    if (at < toHour(clockMs) - hoursKeptMs) state.heardAt.delete(source)
  }
}

/** When an increment counts. One from the future would stay for ever: it counts when it came. */
const countedAt = (event: FeedEvent): number => {
  const at = effectiveAt(event)
  return at > event.seenAt + hourMs ? event.seenAt : at
}

const add = (state: Fraud, event: FeedEvent, at: number): void => {
  const body = event.body as unknown as FraudBodies['fraud.measured']
  const { measure, count, amountYuan = 0, fraudType, division } = body
  const increment = { count, amountFen: Math.round(amountYuan * 100) }
  const { byHour, byType, byPlace } = seriesOf(state, measure, event.source)
  addTo(byHour, toHour(at), increment, event)
  const [day, today] = [midnightOf(at), midnightOf(state.clockMs)]
  if (isTyped(measure) && day >= today - typesKeptMs) {
    const type = fraudType === undefined ? 'untyped' : fraudTypeOf(fraudType)
    addTo(cellsOf(byType, day), type, increment, event)
  }
  if (day >= today - placesKeptMs) {
    addTo(cellsOf(byPlace, day), placeOf(division), increment, event)
  }
}

const evolve = (state: Fraud, event: FeedEvent): void => {
  if (event.type !== 'fraud.measured') return
  const measure = event.body.measure as Measure
  const at = countedAt(event)
  const before = state.clockMs
  state.clockMs = Math.max(before, event.seenAt)
  if (toHour(state.clockMs) > toHour(before)) prune(state)
  const firstHour = toHour(state.clockMs) - hoursKeptMs
  state.sinceMs.set(measure, Math.min(state.sinceMs.get(measure) ?? at, at))
  if (event.seenAt >= firstHour) {
    state.heardAt.set(event.source, Math.max(state.heardAt.get(event.source) ?? 0, event.seenAt))
  }
  if (toHour(at) >= firstHour) add(state, event, at)
}

/** Anti-fraud work (反诈): what was blocked, warned of, stopped, frozen and returned. */
export const antiFraud: Topic<Fraud> = {
  name: 'anti-fraud',
  stateVersion: 1,
  nouns: ['fraud'],
  staleAfterMs: hourMs,
  initial,
  evolve,
  heard: (state) => state.heardAt,
  // an increment is often of one: whoever may not know small counts may not have the increments either
  servedTo: ['shared', 'visitor'],
  redact: (state, audience) => (audience === 'wall' ? state : initial()),
  figures: fraudFigures,
}
