import type { Body } from '#protocol/event.ts'
import { createCheck } from '#server/ingest/check.ts'
import { checkAlive } from '#server/ingest/check-alive.ts'
import { checkFixLine } from '#server/ingest/check-fix.ts'
import {
  BodyUnreadable,
  type Line,
  readArray,
  readNdjson,
  TooManyLines,
} from '#server/ingest/lines.ts'
import { canonicalJson } from '#server/journal/chain.ts'
import { definitions } from '#topics/index.ts'
import { aliveLines, doorNow, eventLines, fixLines } from '../corpus.ts'
import { bytesOf, type FuzzDoor, type Judge, wants } from '../door.ts'
import { stringsIn, wantsNoNumber } from '../numbers-left.ts'

const linesAtMost = 10_000
const sending = { isBackfill: false, isSimulated: false }
const lenient = new TextDecoder()

interface Answered {
  line: number
  /** what is said back, or null when it was taken */
  refusal: { field: string | null; reason: string } | null
}

/** Each line that holds anything, counted without the reader. */
const filledLines = (input: Uint8Array): number[] => {
  // a byte that is no UTF-8 is something too
  const lines = Buffer.from(input).toString('latin1').split('\n')
  return lines.flatMap((line, index) => {
    const text = lenient.decode(Buffer.from(line, 'latin1'))
    return text.trim() === '' ? [] : [index + 1]
  })
}

const wantsAnswers = (expected: readonly number[], answered: readonly Answered[]): void => {
  const lines = answered.map(({ line }) => line).sort((a, b) => a - b)
  wants(
    lines.length === expected.length && lines.every((line, n) => line === expected[n]),
    `answered ${lines.join()} of lines ${expected.join()}`,
  )
  for (const { refusal } of answered) {
    if (refusal === null) continue
    const { field, reason } = refusal
    wants(reason.length > 3 && reason.length < 600, `a reason of ${reason.length} characters`)
    wants(field === null || field.length <= 200, `a field of ${field?.length} characters`)
    for (const text of stringsIn(refusal)) wantsNoNumber(text, 'a refusal')
  }
}

/** What was taken is sound by itself: it reads again as it is, and holds nobody's number. */
const wantsSound = (value: object): void => {
  const text = JSON.stringify(value)
  wants(JSON.stringify(JSON.parse(text)) === text, 'what was taken reads otherwise')
  for (const each of stringsIn(value)) {
    wants(each.isWellFormed(), 'half a character was taken')
    wantsNoNumber(each, 'what was taken')
  }
}

/** Reads a sending whole, as the route does; null: it was refused as a whole, in a sentence. */
const readWhole = (read: () => Iterable<Line>): Line[] | null => {
  try {
    return [...read()]
  } catch (fault) {
    if (fault instanceof TooManyLines) return null
    if (fault instanceof BodyUnreadable && fault.message.length < 300) return null
    throw fault
  }
}

const openEvents = (
  read: (body: Uint8Array, atMost: number) => Iterable<Line>,
  isLines: boolean,
) => {
  const check = createCheck(definitions, new Set(), () => [])
  return {
    take(input: Uint8Array): Judge {
      const lines = readWhole(() => read(input, linesAtMost))
      const checked = (lines ?? []).map((each) =>
        'unreadable' in each
          ? { line: each.line, refusal: { id: null, field: null, reason: each.unreadable } }
          : { line: each.line, ...check(each.value, sending, doorNow) },
      )
      return () => {
        const answered = checked.map((each) => ({
          line: each.line,
          refusal: 'refusal' in each ? each.refusal : null,
        }))
        const expected = isLines ? filledLines(input) : checked.map((_, index) => index + 1)
        if (lines !== null) wantsAnswers(expected, answered)
        for (const each of checked) {
          if (!('draft' in each)) continue
          const { type, body } = each.draft
          wantsSound(each.draft)
          const { v, ...rest } = body as Body
          wants(v === definitions[type]?.version, 'a body of another version')
          wants(definitions[type]!.body.safeParse(rest).success, 'a body outside its schema')
          wants(
            canonicalJson(JSON.parse(canonicalJson(body))) === canonicalJson(body),
            'two spellings',
          )
        }
      }
    },
  }
}

const eventsNdjson: FuzzDoor = {
  name: 'events',
  corpus: [
    ...eventLines,
    bytesOf(
      eventLines
        .slice(0, 3)
        .map((line) => lenient.decode(line))
        .join('\n'),
    ),
  ],
  open: () => openEvents(readNdjson, true),
}

const eventsArray: FuzzDoor = {
  name: 'events-array',
  corpus: [0, 5, 9, 14].map((from) =>
    bytesOf(
      `[${eventLines
        .slice(from, from + 4)
        .map((line) => lenient.decode(line))
        .join(',')}]`,
    ),
  ),
  open: () => openEvents(readArray, false),
}

const tracks: FuzzDoor = {
  name: 'tracks',
  corpus: fixLines,
  open: () => ({
    take(input) {
      const lines = readWhole(() => readNdjson(input, linesAtMost))
      const checked = (lines ?? []).map((line) => ({
        line: line.line,
        ...checkFixLine(line, doorNow, false, () => false),
      }))
      return () => {
        if (lines === null) return
        const answered = checked.map((each) => ({
          line: each.line,
          refusal: 'refusal' in each ? each.refusal : null,
        }))
        wantsAnswers(filledLines(input), answered)
        for (const each of checked) {
          if (!('fix' in each)) continue
          const { fix } = each
          wantsSound(fix)
          const { lon, lat, at, headingDeg } = fix
          wants(Math.abs(lon) <= 181 && Math.abs(lat) <= 91, `a fix at ${lon}, ${lat}`)
          wants(Number.isSafeInteger(at) && (headingDeg ?? 0) < 360, 'a fix out of its bounds')
        }
      }
    },
  }),
}

const alive: FuzzDoor = {
  name: 'alive',
  corpus: aliveLines,
  open: () => ({
    take(input) {
      const lines = readWhole(() => readNdjson(input, linesAtMost))
      const checked = (lines ?? []).map((line) => ({
        line: line.line,
        ...checkAlive(line, doorNow),
      }))
      return () => {
        const answered = checked.map((each) => ({
          line: each.line,
          refusal: 'refusal' in each ? each.refusal : null,
        }))
        if (lines !== null) wantsAnswers(filledLines(input), answered)
        for (const each of checked) if ('alive' in each) wantsSound(each.alive)
      }
    },
  }),
}

/** What senders send. */
export const ingestDoors: readonly FuzzDoor[] = [eventsNdjson, eventsArray, tracks, alive]
