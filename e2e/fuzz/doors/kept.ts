import { findNumbers } from '#server/ingest/find-numbers.ts'
import { keptBytesAtMost, maskLine } from '#server/quarantine/mask-line.ts'
import { openStore } from '#server/quarantine/store.ts'
import { aliveLines, doorNow, eventLines, fixLines } from '../corpus.ts'
import { bytesOf, type FuzzDoor, type Taker, wants } from '../door.ts'
import { wantsNoNumber } from '../numbers-left.ts'
import { planted } from '../tokens.ts'

const codeNames = ['id', 'unit', 'incident']
const bounds = { linesPerDoor: 50, bytesInAll: 4 * 1024 * 1024, days: 30 }
const text = (...parts: string[]): Uint8Array => bytesOf(parts.join(''))
const corpus = [
  ...eventLines.slice(0, 12),
  ...fixLines,
  ...aliveLines,
  text(`{"id":"a","body":{"summary":"${planted.join('、')}"}}`),
  text(`{"${planted[0]}":"${planted[2]}","unit":"${planted[1]}"`),
  text('{"id":"\\u0031\\u0033912345678","x":"', planted[4], '\\n"}'),
]

const keptLine: FuzzDoor = {
  name: 'kept-line',
  corpus,
  open: () => {
    const names = new Set(codeNames)
    return {
      take(input) {
        const { text, cut } = maskLine(input, doorNow, [], names)
        return () => {
          wantsNoNumber(text, 'a kept line')
          wants(cut === input.length > keptBytesAtMost, 'cut or not')
          wants(text.length <= 4 * keptBytesAtMost, `a kept line of ${text.length} characters`)
          const again = maskLine(bytesOf(text), doorNow, [], names)
          if (text.isWellFormed() && Buffer.byteLength(text) <= keptBytesAtMost)
            wants(again.text === text, 'masked once more it is another')
        }
      },
    }
  },
}

/** The search itself, in texts as long as a line: what is found stands where it is said, in order, once. */
const numbers: FuzzDoor = {
  name: 'find-numbers',
  corpus,
  open: () => {
    const decoder = new TextDecoder()
    return {
      take(input) {
        const text = decoder.decode(input)
        const found = findNumbers(text, doorNow, 'text')
        return () => {
          let after = 0
          for (const { from, to } of found) {
            wants(from >= after && to > from && to <= text.length, `found ${from} to ${to}`)
            after = to
          }
        }
      },
    }
  },
}

/** What the quarantine keeps comes back as it was masked, whatever stands in it. */
const openStoreDoor = (): Taker => {
  let store = openStore(':memory:', bounds, codeNames)
  let kept = 0
  return {
    take(input) {
      const bytes = input
      const text = Buffer.from(input.subarray(0, 40)).toString('latin1')
      const line = {
        door: 'events' as const,
        source: text.slice(0, 10) || null,
        line: 1,
        id: text,
        field: null,
        reason: text,
        isBackfill: false,
        isSimulated: false,
        bytes,
        numberPatterns: [],
      }
      if (++kept % 20_000 === 0) {
        store.close()
        store = openStore(':memory:', bounds, codeNames)
      }
      const totals = store.keep([line], doorNow)
      return () => {
        const [row] = store.list({}, 1)
        wants(totals.lines <= bounds.linesPerDoor, `${totals.lines} lines are kept`)
        const masked = maskLine(input, doorNow, [], new Set(codeNames)).text
        wants(row!.text === masked.toWellFormed(), 'a line came back as another')
        wants(row!.id === text && row!.reason === text, 'an id came back as another')
        wants(store.reasons({ source: text }).length <= 100, 'more reasons than are told')
      }
    },
    close: () => store.close(),
  }
}

const store: FuzzDoor = { name: 'quarantine-store', corpus, share: 1 / 4, open: openStoreDoor }

/** What is kept of what was refused. */
export const keptDoors: readonly FuzzDoor[] = [keptLine, numbers, store]
