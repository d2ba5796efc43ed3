import type { Door, DoorLine, Refusal } from '#mock/door.ts'
import type { Pace } from '#mock/pace.ts'
import type { ReplayOptions } from './options.ts'
import { linesOf, type Survey } from './recording.ts'
import { type Change, type Kind, retime } from './retime.ts'

/** A refused line, by its number in the file. */
export interface FileRefusal extends Refusal {
  lap: number
}

/** How far a replay has come. */
export interface Tally {
  lap: number
  /** records sent, over all laps */
  sent: number
  accepted: number
  duplicate: number
  refused: number
  /** refused because the id is known with other content */
  conflicts: number
  /** the first few */
  refusals: FileRefusal[]
}

export interface Replay {
  options: Pick<ReplayOptions, 'file' | 'speed' | 'loop' | 'keepTime' | 'tag'>
  survey: Survey
  door: Door
  pace: Pace
  stop: AbortSignal
  /** kept up to date, also for whoever must say how far it came when the door closed */
  tally: Tally
  onProgress: () => void
}

/** A tally at the start. */
export const emptyTally = (): Tally => ({
  lap: 1,
  sent: 0,
  accepted: 0,
  duplicate: 0,
  refused: 0,
  conflicts: 0,
  refusals: [],
})

const batchLines = 1000
/** Sent when it holds as much: well under what the door takes at once (8 MiB). */
const batchAboutBytes = 1024 * 1024
const refusalsKept = 8
/** Positions are sent together that fall due within the same of these, ms. */
const slotMs = 100
/** Sleeps no longer at once, so that a clock that was set is noticed, ms. */
const longestSleepMs = 60_000

const changeOf = (
  { options, survey }: Replay,
  speed: number | null,
  lap: number,
  startMs: number,
): Change => {
  const { keepTime, tag } = options
  const { firstAt, lastAt } = survey
  const suffix = `${tag === null ? '' : `~${tag}`}${lap === 1 ? '' : `~${lap}`}`
  if (keepTime || firstAt === null || lastAt === null) return { at: (at) => at, suffix }
  if (speed === null) return { at: (at) => startMs + at - lastAt, suffix }
  return { at: (at) => startMs + (at - firstAt) / speed, suffix }
}

/** What a recording holds: it goes to that door. */
export const recordingKind = ({ firstLine }: Survey): Kind =>
  firstLine.event === null && firstLine.position !== null ? 'position' : 'event'

/** Sends a recording until its end, or lap after lap until `stop`. */
export const replay = async (job: Replay): Promise<void> => {
  const { options, survey, door, pace, stop, tally } = job
  const { file, loop, keepTime } = options
  const isTracks = recordingKind(survey) === 'position'
  const speed = options.speed ?? (isTracks ? 1 : null)
  const mode = { backfill: speed === null || keepTime, simulated: false }
  let batch: { number: number; line: DoorLine }[] = []
  let batchBytes = 0

  const flush = async () => {
    if (batch.length === 0) return
    const lines = batch.map(({ line }) => line)
    const receipt = await (isTracks ? door.sendTracks(lines, mode) : door.send(lines, mode))
    tally.sent += batch.length
    tally.accepted += receipt.accepted
    tally.duplicate += receipt.duplicate
    tally.refused += receipt.refused.length
    for (const refusal of receipt.refused) {
      if (refusal.reason.startsWith('id-conflict')) tally.conflicts += 1
      if (tally.refusals.length >= refusalsKept) continue
      const line = batch[refusal.line - 1]?.number ?? refusal.line
      tally.refusals.push({ ...refusal, line, lap: tally.lap })
    }
    batch = []
    batchBytes = 0
    job.onProgress()
  }

  const sleepUntil = async (dueMs: number) => {
    for (let nowMs = pace.now(); nowMs < dueMs; nowMs = pace.now()) {
      await pace.sleep(Math.min(dueMs - nowMs, longestSleepMs), stop)
    }
  }

  const runLap = async () => {
    const startMs = pace.now()
    const change = changeOf(job, speed, tally.lap, startMs)
    for await (const { number, bytes } of linesOf(file)) {
      stop.throwIfAborted()
      const { line, at } = retime(bytes, change)
      if (speed !== null && at !== null && survey.firstAt !== null) {
        const afterMs = keepTime ? (at - survey.firstAt) / speed : at - startMs
        const dueMs = startMs + (isTracks ? Math.ceil(afterMs / slotMs) * slotMs : afterMs)
        if (dueMs > pace.now()) {
          await flush()
          await sleepUntil(dueMs)
        }
      }
      if (batch.length >= batchLines || batchBytes > batchAboutBytes) await flush()
      batch.push({ number, line })
      batchBytes += bytes.length
    }
    await flush()
    // a lap of no length must not become a hammer
    if (isTracks && loop) await sleepUntil(startMs + slotMs)
  }

  try {
    await runLap()
    while (loop) {
      tally.lap += 1
      await runLap()
    }
  } catch (error) {
    if (!stop.aborted) throw error
  }
}
