/** Something to be done at a time. */
export interface Timer {
  dueMs: number
  /** breaks ties: first set, first run */
  order: number
  /** null once it is cancelled */
  task: (() => void) | null
}

/** What is due first comes first, however many wait: a heap. */
export interface Timers {
  /** The result cancels it. */
  add(dueMs: number, task: () => void): () => void
  /** The first that is due by then, taken out; undefined when none is. */
  take(untilMs: number): (Timer & { task: () => void }) | undefined
}

const isBefore = (a: Timer, b: Timer): boolean =>
  a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order)

export const createTimers = (): Timers => {
  const heap: Timer[] = []
  let order = 0

  const swap = (n: number, m: number): void => {
    const one = heap[n]!
    heap[n] = heap[m]!
    heap[m] = one
  }
  const rise = (from: number): void => {
    for (let n = from; n > 0; ) {
      const parent = (n - 1) >> 1
      if (!isBefore(heap[n]!, heap[parent]!)) return
      swap(n, parent)
      n = parent
    }
  }
  const sink = (): void => {
    for (let n = 0; ; ) {
      const left = 2 * n + 1
      const right = left + 1
      let first = n
      if (left < heap.length && isBefore(heap[left]!, heap[first]!)) first = left
      if (right < heap.length && isBefore(heap[right]!, heap[first]!)) first = right
      if (first === n) return
      swap(n, first)
      n = first
    }
  }
  const takeFirst = (): Timer => {
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length > 0) {
      heap[0] = last
      sink()
    }
    return first
  }

  return {
    add(dueMs, task) {
      const timer: Timer = { dueMs, order: order++, task }
      heap.push(timer)
      rise(heap.length - 1)
      return () => {
        timer.task = null
      }
    },
    take(untilMs) {
      while (heap.length > 0 && heap[0]!.dueMs <= untilMs) {
        const { task, ...timer } = takeFirst()
        if (task) return { ...timer, task }
      }
      return undefined
    },
  }
}
