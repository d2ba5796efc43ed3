/** What a look at the pointer's place needs of time; tests bring their own. */
export interface HoverClock {
  /** ms that never go back */
  now(): number
  after(delayMs: number, task: () => void): () => void
  /** before the next picture */
  nextFrame(task: () => void): () => void
}
export const browserClock: HoverClock = {
  now: () => performance.now(),
  after(delayMs, task) {
    const id = setTimeout(task, delayMs)
    return () => clearTimeout(id)
  },
  nextFrame(task) {
    const id = requestAnimationFrame(task)
    return () => cancelAnimationFrame(id)
  },
}

export interface Hover {
  move(xPx: number, yPx: number): void
  /** The pointer has gone, or what lay under it has. */
  leave(): void
}

/** A pointer that rests so long was left where it is: nobody points, and nothing is marked, ms. */
const restsMs = 4000
/** A look is dear: of the time in which a pointer moves it takes this share at most. */
const lookShare = 0.25

/** Looks what lies under a pointer that moves, once a picture at most, and tells it; at rest it does nothing. */
export const createHover = <Found>(
  lookAt: (xPx: number, yPx: number) => Found | null,
  tell: (found: Found | null) => void,
  clock: HoverClock,
): Hover => {
  let at: [number, number] | null = null
  let notBeforeMs = Number.NEGATIVE_INFINITY
  let cancelLook: (() => void) | null = null
  let cancelRest = () => {}
  const look = () => {
    cancelLook = null
    if (!at) return
    const beganMs = clock.now()
    const found = lookAt(...at)
    const endedMs = clock.now()
    notBeforeMs = endedMs + (endedMs - beganMs) * (1 / lookShare - 1)
    tell(found)
  }
  const lookSoon = () => {
    cancelLook = clock.nextFrame(look)
  }
  const leave = () => {
    at = null
    cancelLook?.()
    cancelLook = null
    cancelRest()
    tell(null)
  }
  return {
    move(xPx, yPx) {
      at = [xPx, yPx]
      cancelRest()
      cancelRest = clock.after(restsMs, leave)
      if (cancelLook) return
      const waitMs = notBeforeMs - clock.now()
      if (waitMs > 0) cancelLook = clock.after(waitMs, lookSoon)
      else lookSoon()
    },
    leave,
  }
}
