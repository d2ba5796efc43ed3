import { dayMs, hourMs, minuteMs, secondMs } from '#mock/clock.ts'
import type { Door, Receipt, SendMode } from '#mock/door.ts'
import { type Delivery, deliveriesOf, longestWayMs } from '#mock/noise.ts'
import type { Pace } from '#mock/pace.ts'
import type { Standing } from '#mock/standing.ts'
import type { Story } from '#mock/story.ts'

export interface Life {
  seed: number
  story: Story
  door: Door
  pace: Pace
  stop: AbortSignal
  log: (sentence: string) => void
  /** what happens within so long goes in one sending; a second unless said, ms */
  gatherMs?: number
}

const historyMs = 28 * dayMs
const batchLines = 2000
/** Older than this, a line is history: it goes as backfill, ms. Held-back lines are younger. */
const historyAfterMs = 2 * hourMs

const live: SendMode = { backfill: false, simulated: true }
const backfill: SendMode = { backfill: true, simulated: true }

const report = (log: Life['log'], receipt: Receipt, sent: readonly Delivery[]) => {
  for (const { line, field, reason, id } of receipt.refused) {
    const expected = sent[line - 1]?.expected === 'refused' ? 'as expected' : 'UNEXPECTED'
    log(`refused, ${expected}: ${[id, field, reason].filter(Boolean).join(' · ')}`)
  }
}

/**
 * From which moment on the journal may lack something: all of 28 days when it is empty; else from two hours before
 * the newest event of the mock's in it, or from a day ago when it has none. What it has already is a duplicate.
 */
export const missingSince = ({ seq, newestAt }: Standing, nowMs: number): number => {
  const earliest = nowMs - historyMs
  if (seq === 0) return earliest
  return Math.max(earliest, (newestAt ?? nowMs - dayMs) - historyAfterMs)
}

/** Sends, as history, what happened from `sinceMs` until `untilMs`, incidents whole. */
export const catchUp = async (life: Life, sinceMs: number, untilMs: number): Promise<void> => {
  const { story, door, log, pace } = life
  const lines = story.wholeSince(sinceMs, untilMs)
  const startedMs = pace.now()
  const total = { accepted: 0, duplicate: 0, refused: 0 }
  for (let from = 0; from < lines.length; from += batchLines) {
    const batch = lines.slice(from, from + batchLines)
    const texts = batch.map((line) => JSON.stringify(line))
    const receipt = await door.send(texts, backfill)
    total.accepted += receipt.accepted
    total.duplicate += receipt.duplicate
    total.refused += receipt.refused.length
    report(log, receipt, [])
  }
  const seconds = ((pace.now() - startedMs) / secondMs).toFixed(1)
  log(
    `history since ${new Date(sinceMs).toISOString()}: ${lines.length} lines in ${seconds} s, ` +
      `${total.accepted} accepted, ${total.duplicate} known, ${total.refused} refused`,
  )
}

/** What is to be sent after one moment and until another, in order; nothing that happened before `bornMs`. */
const deliveriesBetween = ({ story, seed }: Life, bornMs: number, fromMs: number, toMs: number) =>
  story
    .between(Math.max(bornMs, fromMs - longestWayMs), toMs)
    .flatMap((line) => deliveriesOf(seed, line))
    .filter(({ sendAtMs }) => sendAtMs > fromMs && sendAtMs <= toMs)
    .sort((one, other) => one.sendAtMs - other.sendAtMs)

/** Sends every event that happens after `bornMs` when its time comes, until `stop`; at most once every `gatherMs`. */
export const liveOn = async (life: Life, bornMs: number): Promise<void> => {
  const { door, log, pace, stop, gatherMs = secondMs } = life
  const send = async (mode: SendMode, lines: Delivery[]) => {
    for (let from = 0; from < lines.length; from += batchLines) {
      const batch = lines.slice(from, from + batchLines)
      const texts = batch.map(({ text }) => text)
      report(log, await door.send(texts, mode), batch)
    }
  }
  let plannedUntilMs = bornMs
  let planned: Delivery[] = []
  while (!stop.aborted) {
    const nowMs = pace.now()
    // a minute ahead at a time: to plan means to tell the last hour again, for what comes late
    if (nowMs >= plannedUntilMs) {
      const untilMs = nowMs + minuteMs
      planned = planned.concat(deliveriesBetween(life, bornMs, plannedUntilMs, untilMs))
      plannedUntilMs = untilMs
    }
    const later = planned.findIndex(({ sendAtMs }) => sendAtMs > nowMs)
    const due = planned.splice(0, later < 0 ? planned.length : later)
    const isHistory = ({ at }: Delivery) => at < nowMs - historyAfterMs
    await send(backfill, due.filter(isHistory))
    await send(
      live,
      due.filter((line) => !isHistory(line)),
    )
    const nextMs = planned[0]?.sendAtMs ?? plannedUntilMs
    await pace.sleep(Math.max(gatherMs, nextMs - pace.now()), stop)
  }
}
