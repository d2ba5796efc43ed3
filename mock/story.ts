import { dayOf } from '#mock/clock.ts'
import type { Body } from '#protocol/event.ts'

/** What happened, as the mock would say it at the door. */
export interface Line {
  id: string
  type: string
  /** ms; the incidents' are whole seconds, as dispatch systems stamp */
  at: number
  source: string
  body: Body
  crs?: 'gcj02'
}

/** One thing that happens, from its first event to its last, in order of time. */
export type Thread = readonly Line[]

export interface Story {
  /** Events with from < at ≤ to, in order of time. */
  between(fromMs: number, toMs: number): Line[]
  /** Threads that begin after `fromMs`, or are not over by then, up to `toMs`; in order of time. */
  wholeSince(fromMs: number, toMs: number): Line[]
}

/** No thread lasts longer, days. */
export const longestThreadDays = 4

const inOrder = (lines: Line[]) => lines.sort((one, other) => one.at - other.at)

/**
 * A story is told by the day: what begins on a day is a pure function of seed and day, so the past, the present
 * and a restart all tell the same one.
 */
export const createStory = (tellDay: (day: number) => Thread[]): Story => {
  const told = new Map<number, Thread[]>()
  const threadsOf = (day: number) => {
    const known = told.get(day)
    if (known) return known
    const threads = tellDay(day)
    told.set(day, threads)
    const [oldest] = told.keys()
    if (told.size > 2 * longestThreadDays && oldest !== undefined) told.delete(oldest)
    return threads
  }
  const threadsWithin = (fromMs: number, toMs: number) => {
    const firstDay = dayOf(fromMs) - longestThreadDays
    const days = Array.from({ length: dayOf(toMs) - firstDay + 1 }, (_, i) => firstDay + i)
    return days.flatMap(threadsOf)
  }
  return {
    between: (fromMs, toMs) =>
      inOrder(
        threadsWithin(fromMs, toMs)
          .filter((thread) => thread.at(-1)!.at > fromMs && thread[0]!.at <= toMs)
          .flatMap((thread) => thread.filter((line) => line.at > fromMs && line.at <= toMs)),
      ),
    wholeSince: (fromMs, toMs) =>
      inOrder(
        threadsWithin(fromMs, toMs)
          .filter((thread) => thread.at(-1)!.at > fromMs)
          .flatMap((thread) => thread.filter((line) => line.at <= toMs)),
      ),
  }
}

/** Several stories that happen at the same time, told as one. */
export const joinStories = (...stories: readonly Story[]): Story => ({
  between: (fromMs, toMs) => inOrder(stories.flatMap((story) => story.between(fromMs, toMs))),
  wholeSince: (fromMs, toMs) => inOrder(stories.flatMap((story) => story.wholeSince(fromMs, toMs))),
})
