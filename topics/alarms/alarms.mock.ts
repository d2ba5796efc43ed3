import { minuteMs, secondMs } from '#mock/clock.ts'
import type { Random } from '#mock/random.ts'
import type { Body, FeedEvent } from '#protocol/event.ts'
import type { Priority } from './alarms.codes.ts'

/** How long somebody at the desk takes to take an alarm on, on the average, ms, by priority. */
const answerMs: Record<Priority, number> = {
  1: 50 * secondMs,
  2: 3 * minuteMs,
  3: 7 * minuteMs,
}

/** A command as the desk gives it. */
export interface DeskCommand {
  dueMs: number
  id: string
  type: string
  actor: { kind: string; name: string }
  body: Body
}

/** What a person at the desk does about an alarm that was raised, or told again: a pure function of it and the seed. */
export const answerTo = (random: Random, { id, type, at, body }: FeedEvent): DeskCommand | null => {
  if (type !== 'alarm.raised' && type !== 'alarm.reannounced') return null
  // what stands under another is taken on with it
  if (body.parent !== undefined) return null
  const own = random.fork(id)
  // told again: somebody is asked, and comes at once
  const priority = type === 'alarm.raised' ? (body.priority as Priority) : 1
  const dueMs = at + Math.max(8 * secondMs, own.lognormal(answerMs[priority], 0.5))
  const isChief = priority === 1
  return {
    dueMs: Math.round(dueMs),
    id: `desk:${id.slice(-40)}`,
    type: 'alarm.acknowledge',
    actor: isChief
      ? { kind: 'supervisor', name: 'duty-chief' }
      : { kind: 'operator', name: `desk-${own.int(1, 4)}` },
    body: { alarm: body.alarm! },
  }
}
