import type { SimulatedWorld } from '#server/simulated-world.ts'
import type { World } from '#server/world.ts'

/** One process of the simulated world: a server, or a page. */
export interface Process {
  world: World
  readonly isFrozen: boolean
  /** Nothing of it runs on. */
  kill(): void
  /** Its thread is blocked, or its machine asleep: what falls due in the meantime runs when it wakes, a beat once. */
  freeze(forMs: number): void
}

export const startProcess = (world: SimulatedWorld): Process => {
  const { clock } = world
  let isAlive = true
  let frozenUntilMs = 0

  /** what fell due in the meantime, in its order */
  let deferred: (() => void)[] = []

  const wake = (): void => {
    const leftMs = frozenUntilMs - clock.monotonic()
    if (leftMs > 0) {
      clock.after(leftMs, wake)
      return
    }
    const due = deferred
    deferred = []
    for (const run of due) run()
  }
  const after = (delayMs: number, task: () => void): (() => void) => {
    let isCancelled = false
    const run = (): void => {
      if (isAlive && !isCancelled) task()
    }
    const cancel = clock.after(delayMs, () => {
      if (frozenUntilMs <= clock.monotonic()) return run()
      deferred.push(run)
      if (deferred.length === 1) wake()
    })
    return () => {
      isCancelled = true
      cancel()
    }
  }
  const every = (delayMs: number, task: () => void): (() => void) => {
    let isStopped = false
    const again = (): void => {
      task()
      if (!isStopped) cancel = after(delayMs, again)
    }
    let cancel = after(delayMs, again)
    return () => {
      isStopped = true
      cancel()
    }
  }

  return {
    world: { ...world, clock: { ...clock, after, every } },
    get isFrozen() {
      return clock.monotonic() < frozenUntilMs
    },
    kill() {
      isAlive = false
    },
    freeze(forMs) {
      // whole ms: what is deferred until then falls due then, not a breath before it
      frozenUntilMs = Math.max(frozenUntilMs, clock.monotonic() + Math.ceil(forMs))
    },
  }
}
