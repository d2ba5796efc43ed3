import { code, type EventDefinitions, upcastBody } from '#protocol/definition.ts'
import type { Body } from '#protocol/event.ts'
import { canonicalJson } from '../journal/chain.ts'
import type { Draft, Journal } from '../journal/journal.ts'
import { createTurns } from '../turns.ts'
import type { Clock } from '../world.ts'
import { createCheck, type Refusal, type Sending } from './check.ts'
import { type NumberKind, numberKinds } from './find-numbers.ts'
import type { Line } from './lines.ts'
import { faultOfCode } from './mask.ts'
import { createBodyMask } from './mask-body.ts'
import { oncePerSource } from './number-pattern.ts'
import type { Sources } from './sources.ts'

export interface RefusedLine extends Refusal {
  line: number
}
/** What the door answers, once everything accepted is durable. */
export interface IngestAnswer {
  accepted: number
  duplicate: number
  refused: RefusedLine[]
}

/** Whom a line that cannot be taken is counted for, when it does not say so itself. */
const unnamed = 'unnamed'

const speaker = code(64)

/** The source that a line names, if it may be named in an answer, a count or a log. */
export const sourceOf = (line: Line, now: number): string | null => {
  const source = 'value' in line ? (line.value as { source?: unknown } | null)?.source : null
  if (typeof source !== 'string' || !speaker.safeParse(source).success) return null
  return faultOfCode(source, now, () => false) === null ? source : null
}

/** More events than this waiting for the disk, and the door asks senders to come back later. */
const waitingAtMost = 20_000

export interface Ingest {
  /**
   * Checks every line, journals the good ones; in the order of the calls, however long each is.
   * Rejects with `JournalUnavailable` when none is kept. */
  accept(lines: Iterable<Line>, sending: Sending): Promise<IngestAnswer>
  isBusy(): boolean
  /** how many numbers were masked in accepted events since the server's start, by kind */
  readonly masked: Readonly<Record<NumberKind, number>>
}

export const createIngest = (options: {
  clock: Clock
  journal: Journal
  definitions: EventDefinitions
  simulatedSources: ReadonlySet<string>
  sources: Sources
}): Ingest => {
  const { clock, journal, sources } = options
  const maskBody = createBodyMask(options.definitions)
  /** As they are now; asked once a sending and source. */
  let patternsOf = sources.numberPatternsOf
  const check = createCheck(options.definitions, options.simulatedSources, (source) =>
    patternsOf(source),
  )
  const masked = Object.fromEntries(numberKinds.map((kind) => [kind, 0])) as Record<
    NumberKind,
    number
  >
  let waiting = 0
  const turns = createTurns(clock)

  /** A row of an older version says the same in other words, and one of an earlier day may be masked otherwise: compared in today's. */
  const isSame = async (draft: Draft, seq: number): Promise<boolean> => {
    const [row] = await journal.read(seq, 1)
    const definition = options.definitions[draft.type]
    if (!row || !definition || row.type !== draft.type) return false
    const { body: today } = maskBody(
      draft.type,
      upcastBody(definition, row.body),
      draft.seenAt,
      () => true,
    )
    const body = { ...today, v: definition.version }
    const content = ({ type, at, source }: Draft, of: Body) => canonicalJson([type, at, source, of])
    return content(row, body) === content(draft, draft.body)
  }

  return {
    isBusy: () => waiting > waitingAtMost,
    masked,
    async accept(lines, sending) {
      const seenAt = clock.now()
      const drafts: Draft[] = []
      const maskedIn: (readonly NumberKind[])[] = []
      const lineOf: number[] = []
      const refused: RefusedLine[] = []
      const heard = new Map<string, boolean>()
      const refuse = (each: Line, refusal: Refusal): void => {
        refused.push({ line: each.line, ...refusal })
        if (sending.isResent) return
        const source = sourceOf(each, seenAt) ?? unnamed
        sources.count(source, 'refused')
        // it speaks, if not to the point
        heard.set(source, sending.isSimulated || options.simulatedSources.has(source))
      }
      const inTurn = function* () {
        patternsOf = oncePerSource(sources.numberPatternsOf)
        yield* lines
      }
      await turns.each(inTurn(), (each) => {
        if ('unreadable' in each)
          return refuse(each, { id: null, field: null, reason: each.unreadable })
        const checked = check(each.value, sending, seenAt)
        if ('refusal' in checked) refuse(each, checked.refusal)
        else {
          drafts.push(checked.draft)
          maskedIn.push(checked.masked)
          lineOf.push(each.line)
          heard.set(checked.draft.source, checked.draft.flags.includes('simulated'))
        }
      })
      if (!sending.isResent)
        for (const [source, isSimulated] of heard) sources.heard(source, isSimulated, seenAt)
      if (drafts.length === 0) return { accepted: 0, duplicate: 0, refused }
      waiting += drafts.length
      const outcomes = await journal
        .append(drafts)
        .catch((fault: unknown) => {
          sources.turnedAway()
          throw fault
        })
        .finally(() => {
          waiting -= drafts.length
        })
      const answer: IngestAnswer = { accepted: 0, duplicate: 0, refused }
      for (const [index, { kind, seq }] of outcomes.entries()) {
        if (kind === 'accepted') {
          answer.accepted += 1
          for (const each of maskedIn[index]!) masked[each] += 1
          sources.count(drafts[index]!.source, 'masked', maskedIn[index]!.length)
        } else if (kind === 'duplicate' || (await isSame(drafts[index]!, seq))) {
          answer.duplicate += 1
          if (!sending.isBackfill) sources.count(drafts[index]!.source, 'duplicates')
        } else {
          if (!sending.isResent) sources.count(drafts[index]!.source, 'refused')
          const reason = `id-conflict: seq ${seq} has this id with other content; an id names one event for ever`
          refused.push({ line: lineOf[index]!, id: drafts[index]!.id, field: 'id', reason })
        }
      }
      refused.sort((a, b) => a.line - b.line)
      return answer
    },
  }
}
