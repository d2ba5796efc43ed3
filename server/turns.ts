import type { Clock } from './world.ts'

/** Work of a queue goes on for so long before the event loop goes round, ms: there are a few such queues, and other things to do. */
const sliceMs = 6

/** Long work one after the other, in slices, so that the event loop stays free. */
export interface Turns {
  /**
   * Calls `work` for each item, in order; whoever came first is done first, and nobody else has a turn in between.
   * The first item is asked for when the turn has come, not before. Rejects with what was thrown, and goes no further.
   */
  each<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void>
}

export const createTurns = (clock: Clock): Turns => {
  /** Each goes on for a slice, and says whether it is over. */
  const queue: ((untilMs: number) => boolean)[] = []

  /** when the slice ends that was begun since the loop last went round; null: none was */
  let sliceEndsMs: number | null = null

  const goOn = (): void => {
    if (sliceEndsMs === null) {
      sliceEndsMs = clock.monotonic() + sliceMs
      clock.after(0, () => {
        sliceEndsMs = null
        if (queue.length > 0) goOn()
      })
    }
    do {
      if (!queue[0]!(sliceEndsMs)) return
      queue.shift()
    } while (queue.length > 0 && clock.monotonic() < sliceEndsMs)
  }
  /** What was begun before in this round takes of the same slice. */
  const hasTime = (): boolean => sliceEndsMs === null || clock.monotonic() < sliceEndsMs

  return {
    each(items, work) {
      return new Promise((resolve, reject) => {
        const iterator = items[Symbol.iterator]()
        const slice = (untilMs: number): boolean => {
          try {
            do {
              const next = iterator.next()
              if (next.done) {
                resolve()
                return true
              }
              work(next.value)
            } while (clock.monotonic() < untilMs)
            return false
          } catch (fault) {
            reject(fault)
            return true
          }
        }
        queue.push(slice)
        if (queue.length === 1 && hasTime()) goOn()
      })
    },
  }
}
