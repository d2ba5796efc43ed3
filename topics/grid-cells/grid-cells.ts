import { hourMs, minuteMs } from '#protocol/beijing.ts'
import type { FeedEvent } from '#protocol/event.ts'
import { effectiveAt } from '#protocol/event.ts'
import type { Topic } from '#protocol/topic.ts'
import { type GridCells, type Kept, reportEveryMs } from './cell.ts'
import type { GridCellBodies } from './grid-cells.events.ts'
import { gridCellFigures } from './grid-cells.figures.ts'
import { isLater, takeListing } from './roster.ts'

/** Reports and escalations are kept this long: every 24 h window is whole, also for what comes a day late. */
export const keptMs = 28 * hourMs

const initial = (): GridCells => ({
  reports: new Map(),
  escalations: new Map(),
  listings: new Map(),
  eventsFolded: 0,
  heardAt: new Map(),
  newest: null,
  clockMs: 0,
  prunedAtMs: 0,
})

type Reported = GridCellBodies['cell.reported']
type Escalated = GridCellBodies['cell.escalated']
type Listed = GridCellBodies['cell.listed']

const rules: Record<string, (state: GridCells, body: unknown, kept: Kept) => void> = {
  'cell.reported': (state, body, kept) => {
    const { cell, ...counts } = body as Reported
    if (isLater(kept, state.reports.get(cell))) state.reports.set(cell, { ...counts, ...kept })
  },
  'cell.escalated': (state, body, kept) => {
    const step = body as Escalated
    const key = `${step.cell}/${step.event}/${step.to}`
    // told twice, it went up once
    if (isLater(kept, state.escalations.get(key))) state.escalations.set(key, { ...step, ...kept })
  },
}

/** Once a minute of arrival time, so that the result does not depend on where a fold was cut in two. */
const prune = (state: GridCells): void => {
  if (state.clockMs - state.prunedAtMs < minuteMs) return
  state.prunedAtMs = state.clockMs
  const oldest = state.clockMs - keptMs
  for (const map of [state.reports, state.escalations]) {
    for (const [key, { at }] of map) if (at < oldest) map.delete(key)
  }
  for (const [source, at] of state.heardAt) if (at < oldest) state.heardAt.delete(source)
}

/** A list stands until the next one, however old it is; and it is no news of any cell. */
const list = (state: GridCells, body: Listed, kept: Kept): void => {
  const townships = new Map<string, Set<string>>()
  for (const { township, cells } of body.townships)
    townships.set(township, new Set([...(townships.get(township) ?? []), ...cells]))
  takeListing(state, body.division, { townships, ...kept })
}

const evolve = (state: GridCells, event: FeedEvent): void => {
  const { id, source } = event
  const at = effectiveAt(event)
  const newest = { id, at: event.at, seenAt: event.seenAt }
  const kept = { at, source, simulated: event.flags.includes('simulated'), newest }
  state.eventsFolded += 1
  state.clockMs = Math.max(state.clockMs, event.seenAt)
  if (event.type === 'cell.listed') {
    list(state, event.body as Listed, kept)
  } else {
    state.newest = newest
    state.heardAt.set(source, Math.max(state.heardAt.get(source) ?? 0, event.seenAt))
    if (at >= state.clockMs - keptMs) rules[event.type]?.(state, event.body, kept)
  }
  prune(state)
}

/** The cells of the social-governance grid (网格): how each stands, and what it could not settle. */
export const gridCells: Topic<GridCells> = {
  name: 'grid-cells',
  stateVersion: 3,
  nouns: ['cell'],
  staleAfterMs: reportEveryMs,
  initial,
  evolve,
  heard: (state) => state.heardAt,
  // a cell reports a handful of events: its reports are small counts themselves
  servedTo: ['shared', 'visitor'],
  // how much of the grid is manned is not for visitors
  keptFrom: { visitor: ['staffed', 'staffedShare'] },
  redact: (state, audience) => (audience === 'wall' ? state : initial()),
  figures: gridCellFigures,
}
