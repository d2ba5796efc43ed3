import type { Body } from '#protocol/event.ts'
import { builtInCells as cells } from '#topics/grid-cells/built-in-cells.ts'
import { definitions } from '#topics/index.ts'
import type { Draft } from '../../server/journal/journal.ts'

/** Ten thousand events a day, so that the smallest journal too is of a whole one. */
const betweenMs = 8640
const places = [
  { division: '532801001', lon: 100.79, lat: 22 },
  { division: '532822101', lon: 100.45, lat: 21.96 },
  { division: '532823105', lon: 101.68, lat: 21.19 },
]

/** Twenty events that follow each other: an incident from call to close, a patrol, six cells, a success. */
const lines = (n: number, at: number): [string, Body][] => {
  const incident = `B-${n}`
  const unit = `U-${n % 40}`
  const beat = { unit: `XD-${n % 60}` }
  const segment = `XD-${n % 30}`
  const report = { ...definitions['incident.reported']!.example, ...places[n % places.length]! }
  return [
    ['incident.reported', { ...report, incident, level: 2 + (n % 3) }],
    ['incident.dispatched', { incident, units: [unit] }],
    ['incident.acknowledged', { incident, unit }],
    ['incident.enRoute', { incident, unit }],
    ['incident.onScene', { incident, unit }],
    ['incident.handled', { incident }],
    ['incident.fedBack', { incident }],
    ['incident.unitCleared', { incident, unit }],
    ['incident.closed', { incident, outcome: '已处置' }],
    ['patrol.started', { ...beat, callSign: beat.unit, segment, dueAt: at + 3_600_000 }],
    ['patrol.statusChanged', { ...beat, status: 'patrolling' }],
    ['patrol.rollCalled', { ...beat, answered: n % 7 > 0 }],
    ['patrol.ended', beat],
    ...Array.from({ length: 6 }, (_, each): [string, Body] => [
      'cell.reported',
      {
        cell: cells[(6 * n + each) % cells.length]!,
        onDuty: 1 + (n % 2),
        openEvents: each % 3,
        overdueEvents: 0,
        closedToday: n % 4,
      },
    ]),
    ['fraud.measured', { ...definitions['fraud.measured']!.example }],
  ]
}
const linesPerTurn = 20

/** Event number `n` of a prefecture that never stops. */
const nth = (n: number, at: number): { id: string; type: string; body: Body } => {
  const [type, body] = lines(Math.floor(n / linesPerTurn), at)[n % linesPerTurn]!
  return { id: `b-${n}`, type, body }
}

/** Events as a source sends them, from one number to another, all of this moment. */
export const sendings = (from: number, to: number) => {
  const at = Date.now()
  return Array.from({ length: to - from }, (_, n) => ({
    ...nth(from + n, at),
    at,
    source: 'bench',
  }))
}

/** What a prefecture sent, from one number to another of `count`, at its own pace and up to `endMs`. */
export const drafts = (from: number, to: number, count: number, endMs: number): Draft[] =>
  Array.from({ length: to - from }, (_, each) => {
    const n = from + each
    const at = endMs - (count - 1 - n) * betweenMs
    const { body, ...event } = nth(n, at)
    const v = definitions[event.type]!.version
    return { ...event, at, seenAt: at, source: 'bench', flags: [], body: { ...body, v } }
  })
