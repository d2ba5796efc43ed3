import type { Fix } from '#protocol/track.ts'
import type { Sending } from '../ingest/check.ts'
import { checkAlive } from '../ingest/check-alive.ts'
import { checkFixLine } from '../ingest/check-fix.ts'
import { sourceOf } from '../ingest/ingest.ts'
import { type Line, textOf } from '../ingest/lines.ts'
import { fitsAny, oncePerSource } from '../ingest/number-pattern.ts'
import type { DoorName, Refused } from '../quarantine/quarantine.ts'
import type { Turns } from '../turns.ts'
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
export type Door = (lines: Iterable<Line>, switches: Switches) => Promise<Passed>

export type Doors = Record<DoorName, Door>

/** Whom positions are from when the sending does not say so. */
const tracksSource = 'tracks'

/** No unit is forgotten while the server runs, since screens know each by its place in the list. */
const noRoom =
  'a new unit, and the wall has as many as it can show; let each unit keep its name, then start the server anew'

/** Every door, for what comes from outside and for what comes again from quarantine. `turns`: long sendings are cut in these. */
export const createDoors = (clock: Clock, core: Stages, turns: Turns): Doors => ({
  async events(lines, switches) {
    const { refused, ...took } = await core.ingest.accept(lines, switches)
    return { took, refused }
  },
  async tracks(lines, { source: named, isSimulated, isResent }) {
    const source = named ?? tracksSource
    const fits = fitsAny(core.sources.numberPatternsOf(source))
    const seenAt = clock.now()
    const fixes: Fix[] = []
    const lineOf: number[] = []
    const refused: Refusal[] = []
    await turns.each(lines, (each) => {
      const checked = checkFixLine(each, seenAt, isSimulated, fits)
      if ('fix' in checked) {
        fixes.push(checked.fix)
        lineOf.push(each.line)
      } else refused.push({ line: each.line, ...checked.refusal })
    })
    const left = core.lane.accept(fixes)
    for (const n of left) {
      refused.push({ line: lineOf[n]!, unit: fixes[n]!.unit, field: 'unit', reason: noRoom })
    }
    const accepted = fixes.length - left.length
    core.sources.count(source, 'fixes', accepted)
    if (!isResent) {
      if (accepted + refused.length > 0) core.sources.heard(source, isSimulated)
      core.sources.count(source, 'refused', refused.length)
    }
    return { took: { accepted }, refused }
  },
  async alive(lines, { isSimulated, isResent }) {
    const refused: Refusal[] = []
    let heard = 0
    await turns.each(lines, (line) => {
      const checked = checkAlive(line, clock.now())
      if ('refusal' in checked) {
        refused.push(checked.refusal)
        return
      }
      heard += 1
      const { source, declared } = checked.alive
      if (!isResent) core.sources.heard(source, isSimulated)
      core.sources.declare(source, declared)
    })
    return { took: { heard }, refused }
  },
})

const encoder = new TextEncoder()
const bytesOf = (line: Line): Uint8Array =>
  line.bytes ?? encoder.encode('value' in line ? textOf(line.value) : '')

/** What a door refused of `lines`, by their numbers, as the quarantine keeps it. */
export const refusedOf = async (
  door: DoorName,
  lines: ReadonlyMap<number, Line>,
  switches: Switches,
  refusals: readonly Refusal[],
  { now, core, turns }: { now: number; core: Stages; turns: Turns },
): Promise<Refused[]> => {
  const patternsOf = oncePerSource(core.sources.numberPatternsOf)
  const toKeep: Refused[] = []
  await turns.each(refusals, ({ line: number, field, reason, id, unit, source: named }) => {
    const line = lines.get(number)!
    const source = door === 'tracks' ? (switches.source ?? tracksSource) : sourceOf(line, now)
    toKeep.push({
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
    })
  })
  return toKeep
}
