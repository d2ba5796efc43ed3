/** What the store needs of a browser's clock; tests bring their own. */
export interface Ticker {
  /** ms that never go back */
  monotonic(): number
  /** this machine's own clock, ms; may jump */
  now(): number
  after(delayMs: number, task: () => void): () => void
  every(delayMs: number, task: () => void): () => void
  /** before the next picture; a tab that is not drawn gets none */
  nextFrame(task: () => void): () => void
}

export const browserTicker: Ticker = {
  monotonic: () => performance.now(),
  now: () => Date.now(),
  after(delayMs, task) {
    const id = setTimeout(task, delayMs)
    return () => clearTimeout(id)
  },
  every(delayMs, task) {
    const id = setInterval(task, delayMs)
    return () => clearInterval(id)
  },
  nextFrame(task) {
    const id = requestAnimationFrame(task)
    return () => cancelAnimationFrame(id)
  },
}

/** Calls when the page comes back from the background, or from being frozen, before it is drawn. */
export const onShown = (task: () => void): (() => void) => {
  const ended = new AbortController()
  const { signal } = ended
  const seen = () => {
    if (document.visibilityState === 'visible') task()
  }
  document.addEventListener('visibilitychange', seen, { signal })
  document.addEventListener('resume', task, { signal })
  return () => ended.abort()
}

const fallbackMs = 250

/** Runs `task` once for any number of calls: before the next picture, or soon where none is drawn. */
export const oncePerFrame = (task: () => void, ticker: Ticker): (() => void) => {
  let cancels: (() => void)[] = []
  const run = () => {
    for (const cancel of cancels) cancel()
    cancels = []
    task()
  }
  return () => {
    if (cancels.length > 0) return
    cancels = [ticker.nextFrame(run), ticker.after(fallbackMs, run)]
  }
}
