import { type EventDefinitions, upcastBody } from '#protocol/definition.ts'
import type { FeedEvent, JournalRow } from '#protocol/event.ts'
import type { Fault } from '#protocol/feed.ts'
import { createFold, type States } from '#protocol/fold.ts'
import type { Topic } from '#protocol/topic.ts'
import { genesis, partsOf, verifyChain } from '../journal/chain.ts'
import { type Journal, JournalBroken } from '../journal/journal.ts'
import type { Clock, Log } from '../world.ts'
import { createSeal, unseal } from './seal.ts'

/** A new checkpoint after this many events, or this long with at least one. */
const checkpointAfterEvents = 5000
const checkpointAfterMs = 60_000
/** Between two of them, so that a flood pays for few: at least so long, and so many times as long as the last one took, up to a minute. */
const checkpointRestMs = 5000
const checkpointRestTimes = 50
const rowsPerRead = 2000

/** The journal folded into every topic's state, kept in step with it. */
export interface Projection {
  /** the last seq that is folded */
  readonly seq: number
  readonly states: States
  /** Called after each commit with its events, folded already; `from`..`to` has no gap. */
  onApplied(listener: (events: FeedEvent[], from: number, to: number) => void): void
  /** topics that threw, keyed */
  readonly faults: ReadonlyMap<string, Fault>
  /** Saves a checkpoint of what is folded now. */
  checkpoint(): Promise<void>
  /** the last checkpoint, and since when (monotonic ms) it or this start has been the last */
  readonly saved: { seq: number; atMs: number }
  stop(): void
}

/** Events of types that nobody knows any more stay in the journal and are passed over. */
const toEvent = (definitions: EventDefinitions, row: JournalRow): FeedEvent | null => {
  const definition = definitions[row.type]
  if (!definition) return null
  const { prev: _prev, hash: _hash, ...event } = row
  return { ...event, body: upcastBody(definition, row.body) }
}

/** Which logic folds: a checkpoint of another logic is not used. */
const logicOf = (topics: readonly Topic[], definitions: EventDefinitions): string =>
  [
    ...topics.map(({ name, stateVersion }) => `${name}:${stateVersion}`),
    ...Object.entries(definitions).map(([type, { version }]) => `${type}@${version}`),
  ].join(' ')

/** Folds the journal from its last checkpoint to its head, then follows it. */
export const startProjection = async (options: {
  clock: Clock
  log: Log
  journal: Journal
  topics: readonly Topic[]
  definitions: EventDefinitions
}): Promise<Projection> => {
  const { clock, log, journal, topics, definitions } = options
  const faults = new Map<string, Fault>()
  const fold = createFold(topics, (topic, event, fault) => {
    faults.set(`fold:${topic}`, {
      id: `fold:${topic}`,
      severity: 'error',
      message: `${topic} could not take in seq ${event.seq}: ${String(fault)}`,
      tip: 'Its figures lack this event. Report it with the event; the journal has it.',
      since: clock.now(),
    })
  })
  const logic = logicOf(topics, definitions)
  const saved = await journal.lastCheckpoint(logic)
  const sealed = saved && unseal(saved.state)
  if (saved && !sealed) log.warn('The last checkpoint is damaged: folding anew', { seq: saved.seq })
  const start = sealed ? saved : null
  const states = sealed ? fold.decode(JSON.parse(sealed)) : fold.fresh()
  let seq = start?.seq ?? 0
  let hash = start?.hash ?? genesis
  let savedSeq = seq
  let savedAtMs = clock.monotonic()
  let triedSeq = seq
  let restsUntilMs = savedAtMs
  let saving: Promise<void> | null = null
  const listeners: ((events: FeedEvent[], from: number, to: number) => void)[] = []

  /** A body that today's upcasters cannot read is passed over, and said. */
  const readable = (row: JournalRow): FeedEvent | null => {
    try {
      return toEvent(definitions, row)
    } catch (fault) {
      const id = `read:${row.type}`
      const message = `seq ${row.seq} (${row.type}) cannot be read: ${String(fault)}`
      const tip = 'The journal has it, the figures lack it. Report it with its type.'
      faults.set(id, { id, severity: 'error', message, tip, since: clock.now() })
      return null
    }
  }

  const apply = (rows: readonly JournalRow[]): FeedEvent[] => {
    const events: FeedEvent[] = []
    for (const row of rows) {
      const event = readable(row)
      if (event) {
        fold.apply(states, event)
        events.push(event)
      }
      seq = row.seq
      hash = row.hash
    }
    return events
  }

  const save = async (): Promise<void> => {
    const startedMs = clock.monotonic()
    const seal = createSeal()
    let of = { seq, hash }
    const parts = function* () {
      // the turn has come: nothing is folded until the last part is made
      of = { seq, hash }
      yield* fold.parts(states)
    }
    try {
      await journal.turns.each(parts(), seal.add)
      // since it was asked for
      if (faults.size > 0) return
      await journal.saveCheckpoint({ ...of, logic, state: seal.sealed() })
      savedSeq = of.seq
      savedAtMs = clock.monotonic()
    } finally {
      const tookMs = clock.monotonic() - startedMs
      const restMs = Math.max(checkpointRestMs, checkpointRestTimes * tookMs)
      restsUntilMs = clock.monotonic() + Math.min(restMs, checkpointAfterMs)
    }
  }
  const checkpoint = async (): Promise<void> => {
    triedSeq = seq
    // whoever else waited may have begun the next
    while (saving) await saving.catch(() => {})
    // a state that lacks an event must not outlive the fault that says so
    if (savedSeq === seq || faults.size > 0) return
    saving = save().finally(() => {
      saving = null
    })
    await saving
  }
  // a checkpoint only shortens the next start: when one fails, the journal says why it is unavailable
  const tryCheckpoint = (): void => {
    if (saving || clock.monotonic() < restsUntilMs) return
    checkpoint().catch(() => {})
  }

  while (seq < journal.head) {
    const rows = await journal.read(seq + 1, rowsPerRead)
    // folding anew goes back behind what was verified at the opening
    verifyChain(rows.map(partsOf), { seq, hash })
    if (rows.length === 0) throw new JournalBroken(`seq ${seq + 1} is missing`)
    apply(rows)
  }

  journal.onCommitted((rows) => {
    const from = seq + 1
    const events = apply(rows)
    for (const listener of listeners) listener(events, from, seq)
    if (seq - triedSeq >= checkpointAfterEvents) tryCheckpoint()
  })
  const stop = clock.every(checkpointAfterMs, tryCheckpoint)

  return {
    get seq() {
      return seq
    },
    states,
    faults,
    onApplied(listener) {
      listeners.push(listener)
    },
    checkpoint,
    get saved() {
      return { seq: savedSeq, atMs: savedAtMs }
    },
    stop,
  }
}
