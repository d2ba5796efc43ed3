import type { JournalRow } from '#protocol/event.ts'
import type { Turns } from '../turns.ts'
import type { Log } from '../world.ts'

/** Rows of one commit that listeners are told at a time. */
const rowsAtATime = 100

type Listener = (rows: JournalRow[]) => void

/** Who is told of what was committed. */
export interface Telling {
  onCommitted(listener: Listener): void
  /** Resolves when everybody has been told of all of them, a part a time; who fails to listen hurts no other, and is told of the next. */
  tell(rows: Iterable<JournalRow>): Promise<void>
}

function* partsOf(rows: Iterable<JournalRow>, rowsPerTelling: number): Generator<JournalRow[]> {
  let part: JournalRow[] = []
  for (const row of rows) {
    part.push(row)
    if (part.length < rowsPerTelling) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

export const createTelling = (turns: Turns, log: Log, rowsPerTelling = rowsAtATime): Telling => {
  const listeners: Listener[] = []

  const tellPart = (rows: JournalRow[]): void => {
    for (const listener of listeners) {
      try {
        listener(rows)
      } catch (thrown) {
        const fault = thrown instanceof Error ? (thrown.stack ?? String(thrown)) : String(thrown)
        const [from, to] = [rows[0]!.seq, rows.at(-1)!.seq]
        log.error('A part of the server could not take in what was committed', { from, to, fault })
      }
    }
  }

  return {
    onCommitted(listener) {
      listeners.push(listener)
    },
    tell: (rows) => turns.each(partsOf(rows, rowsPerTelling), tellPart),
  }
}
