import type { Body } from '#protocol/event.ts'
import { ownSource } from '#protocol/source.ts'
import type { Core } from '#server/assemble.ts'
import type { IngestAnswer } from '#server/ingest/ingest.ts'
import { scenes } from '#topics/scenes.ts'
import { startProcess } from './process.ts'
import type { SimulatedServer } from './simulated-server.ts'
import type { Stage } from './stage.ts'
import { must } from './violation.ts'

interface Sent {
  id: string
  type: string
  at: number
  source: string
  body: Body
}
interface Sending {
  lines: readonly (Sent | { rubbish: true })[]
  isBackfill: boolean
}

/** What every sender knows: the ground truth of what may be, and what must be, in the journal. */
export interface Senders {
  step(): void
  /** They sleep with the house. */
  freeze(forMs: number): void
  /** Nobody waits for an answer, and nothing is to be sent again. */
  readonly isIdle: boolean
  /** by id, the `at` of every content that was sent under it: contents of one id differ in it */
  readonly attempted: ReadonlyMap<string, readonly number[]>
  /** by id, the `at` of the content that the door has said it keeps */
  readonly acknowledged: ReadonlyMap<string, number>
  /** An older journal took the place of this one: what it lacks was lost, and may be. */
  forgetAllBut(ids: ReadonlySet<string>): void
  readonly counted: {
    sendings: number
    acknowledged: number
    turnedAway: number
    conflicts: number
  }
}

const material = Object.values(scenes)
  .flatMap((each) => Object.values(each))
  .flat()
  .filter(({ source }) => source !== ownSource)

const hourMs = 3_600_000

export const createSenders = (
  stage: Stage,
  server: SimulatedServer,
  seqOf: (id: string) => number | undefined,
): Senders => {
  const { shape, trace } = stage
  const process = startProcess(stage.world)
  const { clock } = process.world
  const chance = stage.chance('senders')
  const attempted = new Map<string, number[]>()
  const acknowledged = new Map<string, number>()
  const done: Sending[] = []
  const unanswered = new Set<Sending>()
  const counted = { sendings: 0, acknowledged: 0, turnedAway: 0, conflicts: 0 }
  let waitingToSend = 0
  let names = 0

  const later = (sending: Sending): void => {
    waitingToSend += 1
    clock.after(100 + chance.exponential(700), () => {
      waitingToSend -= 1
      send(sending)
    })
  }

  const learn = (
    { lines }: Sending,
    { accepted, duplicate, refused }: IngestAnswer,
    core: Core,
  ): void => {
    must(
      accepted + duplicate + refused.length === lines.length,
      'every line has an answer',
      () => ({
        lines: lines.length,
        accepted,
        duplicate,
        refused,
      }),
    )
    const refusedLines = new Set(refused.map(({ line }) => line))
    counted.conflicts += refused.filter(({ reason }) => reason.startsWith('id-conflict')).length
    for (const [n, line] of lines.entries()) {
      if (refusedLines.has(n + 1)) continue
      must(!('rubbish' in line), 'rubbish is refused', () => refused)
      if ('rubbish' in line) continue
      const seq = seqOf(line.id)
      must(seq !== undefined, 'what is acknowledged is on the disk', () => line.id)
      must(
        core.projection.seq >= seq!,
        'whoever is told "accepted" finds it in every state',
        () => ({
          id: line.id,
          folded: core.projection.seq,
        }),
      )
      counted.acknowledged += 1
      acknowledged.set(line.id, line.at)
    }
  }

  const send = (sending: Sending): void => {
    const { core } = server
    if (!core) return later(sending)
    counted.sendings += 1
    unanswered.add(sending)
    const lines = sending.lines.map((value, n) => ({ line: n + 1, value }))
    for (const line of sending.lines) {
      if ('rubbish' in line) continue
      const known = attempted.get(line.id) ?? []
      if (!known.includes(line.at)) attempted.set(line.id, [...known, line.at])
    }
    const isAnswerLost = stage.strikes('answerLost')
    const answered = core.ingest.accept(lines, {
      isBackfill: sending.isBackfill,
      isSimulated: false,
    })
    const heard = answered.then(
      (answer) => {
        if (!unanswered.delete(sending)) return
        trace.note(`answered ${answer.accepted} ${answer.duplicate} ${answer.refused.length}`)
        if (isAnswerLost) return later(sending)
        learn(sending, answer, core)
        done.push(sending)
      },
      () => {
        if (!unanswered.delete(sending)) return
        counted.turnedAway += 1
        trace.note('turned away')
        later(sending)
      },
    )
    heard.catch(stage.fail)
  }
  // nobody who was waiting is ever answered by it
  server.onEnd(() => {
    for (const sending of unanswered) later(sending)
    unanswered.clear()
  })

  const newLine = (isBackfill: boolean): Sent | { rubbish: true } => {
    if (stage.strikes('rubbish')) return { rubbish: true }
    const { type, body, source } = chance.pick(material)
    let agoMs = chance.int(0, 100_000)
    if (isBackfill) agoMs = chance.int(0, 40 * 24 * hourMs)
    else if (stage.strikes('late')) agoMs = chance.int(0, 30 * hourMs)
    else if (stage.strikes('ahead')) agoMs = -chance.int(0, hourMs)
    const at = clock.now() - agoMs
    const old = Array.from(attempted)
    if (old.length > 0 && stage.strikes('otherContent')) {
      const [id, ats] = chance.pick(old)
      return { id, type, body, source, at: Math.max(...ats) + 1 }
    }
    names += 1
    return { id: `e${names}`, type, body, source, at }
  }

  return {
    step() {
      for (let n = 0; n < shape.senders; n++) {
        if (!chance.chance(shape.sendings)) continue
        const again = done.length > 0 && stage.strikes('sentAgain')
        if (again) {
          send(chance.pick(done))
          continue
        }
        const isBackfill = stage.strikes('backfill')
        const count = chance.int(1, shape.eventsAtMost)
        const lines = Array.from({ length: count }, () => newLine(isBackfill))
        send({ lines, isBackfill })
      }
    },
    freeze: process.freeze,
    get isIdle() {
      return unanswered.size === 0 && waitingToSend === 0
    },
    attempted,
    acknowledged,
    forgetAllBut(ids) {
      for (const id of acknowledged.keys()) if (!ids.has(id)) acknowledged.delete(id)
    },
    counted,
  }
}
