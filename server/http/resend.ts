import { type Line, readLine, textOf } from '../ingest/lines.ts'
import type { KeptLine, Quarantine } from '../quarantine/quarantine.ts'
import type { Doors } from './doors.ts'

const encoder = new TextEncoder()

/** The line as its door gets it; null when there is nothing to be sent. */
const lineOf = (text: string, place: number): Line | null => {
  const bytes = encoder.encode(text)
  const read = readLine(bytes)
  return read && { line: place, bytes, ...read }
}

/** A kept line that is sent again, with what stands in it now. */
export interface Again {
  kept: KeptLine
  text: string
  isMended: boolean
}
/** A kept line that its door refused again. */
export interface StillRefused {
  n: number
  field: string | null
  reason: string
}

/** Kept lines with their mends, by what goes through one door in one sending. */
export const groupsOf = (
  kept: readonly KeptLine[],
  mended: ReadonlyMap<number, unknown>,
): ReadonlyMap<string, Again[]> => {
  const again = kept.map((each): Again => {
    const line = mended.get(each.n)
    const text = line === undefined || typeof line === 'string' ? line : textOf(line)
    return {
      kept: each,
      text: text ?? each.text,
      isMended: text !== undefined && text !== each.text,
    }
  })
  return Map.groupBy(again, ({ kept: { door, isSimulated, source } }) =>
    JSON.stringify([door, isSimulated, door === 'tracks' ? source : null]),
  )
}

/** Sends lines of one kind through their door, and keeps in the quarantine what it refuses again. */
export const sendAgain = async (
  group: readonly Again[],
  doors: Doors,
  quarantine: Quarantine,
): Promise<{ taken: Again[]; refused: StillRefused[] }> => {
  const lines: Line[] = []
  const refused: StillRefused[] = []
  for (const [place, { kept, text, isMended }] of group.entries()) {
    const line = lineOf(text, place)
    const isCut = kept.cut && !isMended
    if (line && !isCut) lines.push(line)
    else {
      const reason = isCut ? 'it was too long to be kept whole: send the line itself' : 'empty'
      refused.push({ n: kept.n, field: null, reason })
    }
  }
  const { door, isSimulated, source } = group[0]!.kept
  // it waited for its keeper: to its source's line and clock it is history
  const switches = { isBackfill: true, isSimulated, source, isResent: true }
  const passed = await doors[door](lines, switches)
  for (const { line, field, reason } of passed.refused) {
    const { kept, isMended } = group[line]!
    refused.push({ n: kept.n, field, reason: isMended ? `as mended: ${reason}` : reason })
  }
  const stays = new Set(refused.map(({ n }) => n))
  const taken = group.filter(({ kept }) => !stays.has(kept.n))
  await quarantine.settle(
    taken.map(({ kept }) => kept.n),
    refused,
  )
  return { taken, refused }
}
