import { minuteMs } from '#mock/clock.ts'
import { createRandom, type Random } from '#mock/random.ts'
import type { Line } from '#mock/story.ts'

/** One line as it goes to the door, and what the door ought to make of it. */
export interface Delivery {
  sendAtMs: number
  /** when it happened, as far as the line says */
  at: number
  text: string
  expected: 'accepted' | 'duplicate' | 'refused'
}

const longestDelayMs = 55 * minuteMs
const againWithinMs = 2 * minuteMs
/** From when it happens until a line has come for the last time, at most, ms. */
export const longestWayMs = longestDelayMs + againWithinMs

/** What a bad sender makes of a line: cut off, a field short, one too many, or nonsense in it. */
const broken = (random: Random, line: Line): string => {
  const copy = { ...line, id: `${line.id}:broken` }
  const [field = ''] = Object.keys(line.body)
  const { [field]: _, ...short } = line.body
  return random.pick([
    () => JSON.stringify(copy).slice(0, -random.int(5, 40)),
    () => JSON.stringify({ ...copy, body: short }),
    () => JSON.stringify({ ...copy, body: { ...line.body, remark: '无' } }),
    () => JSON.stringify({ ...copy, at: new Date(line.at).toISOString() }),
    () => JSON.stringify({ ...copy, type: 'incident.unheardOf' }),
  ])()
}

/** What comes in by the thousand each hour meets so much less noise. */
const shares: Record<string, number> = { 'cell.reported': 0.01 }

/** How a line gets to the door: on time as a rule; in an hour about two come late, two twice and one broken. */
export const deliveriesOf = (seed: number, line: Line): Delivery[] => {
  const random = createRandom(seed).fork(`noise-${line.id}`)
  const text = JSON.stringify(line)
  const { at } = line
  const share = shares[line.type] ?? 1
  const delayMs = random.chance(0.013 * share)
    ? Math.min(minuteMs + random.exponential(8 * minuteMs), longestDelayMs)
    : 0
  const sendAtMs = at + Math.round(delayMs)
  const deliveries: Delivery[] = [{ sendAtMs, at, text, expected: 'accepted' }]
  if (random.chance(0.013 * share)) {
    const againMs = sendAtMs + random.int(0, againWithinMs)
    deliveries.push({ sendAtMs: againMs, at, text, expected: 'duplicate' })
  }
  if (random.chance(0.007 * share)) {
    deliveries.unshift({ sendAtMs, at, text: broken(random, line), expected: 'refused' })
  }
  return deliveries
}
