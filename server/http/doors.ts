import type { Sending } from '../ingest/check.ts'
import { checkAlive } from '../ingest/check-alive.ts'
import { checkFixes } from '../ingest/check-fix.ts'
import { sourceOf } from '../ingest/ingest.ts'
import { type Line, textOf } from '../ingest/lines.ts'
import { fitsAny, oncePerSource } from '../ingest/number-pattern.ts'
import type { DoorName, Refused } from '../quarantine/quarantine.ts'
import type { Clock } from '../world.ts'
import type { Stages } from './options.ts'

/** What a sending says of all its lines. */
export interface Switches extends Sending {
  /** whom positions are from; null: not said */
  source: string | null
}

/** A line that was not taken; each door names it in its own way: an event's id, a unit, a source. */
export interface Refusal {
  line: number
  field: string | null
  reason: string
  id?: string | null
  unit?: string | null
  source?: string | null
}
/** What a door did with a sending: how many lines it took, in its own words, and what it refused. */
export interface Passed {
  took: Readonly<Record<string, number>>
  refused: readonly Refusal[]
}
export type Door = (lines: readonly Line[], switches: Switches) => Promise<Passed>

export type Doors = Record<DoorName, Door>

/** Whom positions are from when the sending does not say so. */
const tracksSource = 'tracks'

/** Every door, for what comes from outside and for what comes again from quarantine. */
export const createDoors = (clock: Clock, core: Stages): Doors => ({
  async events(lines, switches) {
    const { refused, ...took } = await core.ingest.accept(lines, switches)
    return { took, refused }
  },
  async tracks(lines, { source: named, isSimulated, isResent }) {
    const source = named ?? tracksSource
    const fits = fitsAny(core.sources.numberPatternsOf(source))
    const { fixes, refused } = checkFixes(lines, clock.now(), isSimulated, fits)
    core.lane.accept(fixes)
    core.sources.count(source, 'fixes', fixes.length)
    if (!isResent) {
      if (lines.length > 0) core.sources.heard(source, isSimulated)
      core.sources.count(source, 'refused', refused.length)
    }
    return { took: { accepted: fixes.length }, refused }
  },
  async alive(lines, { isSimulated, isResent }) {
    const refused: Refusal[] = []
    for (const line of lines) {
      const checked = checkAlive(line, clock.now())
      if ('refusal' in checked) {
        refused.push(checked.refusal)
        continue
      }
      const { source, declared } = checked.alive
      if (!isResent) core.sources.heard(source, isSimulated)
      core.sources.declare(source, declared)
    }
    return { took: { heard: lines.length - refused.length }, refused }
  },
})

const encoder = new TextEncoder()
const bytesOf = (line: Line): Uint8Array =>
  line.bytes ?? encoder.encode('value' in line ? textOf(line.value) : '')

/** What a door refused, as the quarantine keeps it. */
export const refusedOf = (
  door: DoorName,
  lines: readonly Line[],
  switches: Switches,
  refusals: readonly Refusal[],
  { now, core }: { now: number; core: Stages },
): Refused[] => {
  const patternsOf = oncePerSource(core.sources.numberPatternsOf)
  const byNumber = new Map(lines.map((line) => [line.line, line]))
  return refusals.map(({ line: number, field, reason, id, unit, source: named }) => {
    const line = byNumber.get(number)!
    const source = door === 'tracks' ? (switches.source ?? tracksSource) : sourceOf(line, now)
    return {
      door,
      source,
      line: number,
      id: id ?? unit ?? named ?? null,
      field,
      reason,
      isBackfill: switches.isBackfill,
      isSimulated: switches.isSimulated,
      bytes: bytesOf(line),
      numberPatterns: source === null ? [] : patternsOf(source),
    }
  })
}
