import { type Beat, beatWithinMs, type Fault } from '#protocol/feed.ts'
import type { Clock } from '../world.ts'

/** Every screen that beats, and which of them has stopped drawing: nobody in front of a frozen wall can tell. */
export interface Screens {
  /** `screen` is anything that stands for one screen, the same each time. */
  beat(screen: object, beat: Omit<Beat, 'kind'>): void
  left(screen: object): void
  faults(): Fault[]
  /** what the standing checkers of all pages heard here have counted since each was opened */
  counted(): Counted
  readonly beating: number
}

/** Pages whose counts are kept apart; of older ones only the sum is. */
const pagesAtMost = 10_000

export type Counted = Record<'gap' | 'dup' | 'reorder', number>

const addTo = (sum: Counted, { gap, dup, reorder }: Counted): void => {
  sum.gap += gap
  sum.dup += dup
  sum.reorder += reorder
}

interface Known {
  name: string
  beatAtMs: number
  drawnAtMs: number
  isVisible: boolean
  /** server ms; null while it draws */
  frozenSince: number | null
}

export const createScreens = (clock: Clock): Screens => {
  const known = new Map<object, Known>()
  const byPage = new Map<string, Counted>()
  const forgotten: Counted = { gap: 0, dup: 0, reorder: 0 }
  let unnamed = 0

  const isFrozen = ({ beatAtMs, drawnAtMs, isVisible }: Known): boolean => {
    // a page in the background is slowed down by its browser, and nobody reads it
    if (!isVisible) return false
    const lastSign = Math.min(beatAtMs, drawnAtMs)
    return clock.monotonic() - lastSign > beatWithinMs
  }

  const keep = (page: string, own: Counted): void => {
    byPage.delete(page)
    byPage.set(page, own)
    if (byPage.size <= pagesAtMost) return
    const [oldest, sum] = byPage.entries().next().value!
    byPage.delete(oldest)
    addTo(forgotten, sum)
  }

  return {
    beat(screen, { page, screen: named, drawnAgoMs, isVisible, gap, dup, reorder }) {
      const before = known.get(screen)
      if (!before && named === '') unnamed += 1
      const name = before?.name ?? (named === '' ? `#${unnamed}` : named)
      const now = clock.monotonic()
      // what a page missed makes it join again: it is one page over all its sockets
      keep(page, { gap, dup, reorder })
      known.set(screen, {
        name,
        beatAtMs: now,
        drawnAtMs: now - drawnAgoMs,
        isVisible,
        frozenSince: before?.frozenSince ?? null,
      })
    },
    left(screen) {
      known.delete(screen)
    },
    faults() {
      const faults: Fault[] = []
      for (const screen of known.values()) {
        if (!isFrozen(screen)) {
          screen.frozenSince = null
          continue
        }
        screen.frozenSince ??= clock.now()
        faults.push({
          id: `screen:${screen.name}`,
          severity: 'error',
          message: `screen ${screen.name} has stopped drawing: what it shows is not to be believed`,
          tip: 'Reload its page; if that does not help, restart its browser.',
          since: screen.frozenSince,
        })
      }
      return faults
    },
    counted() {
      const sum = { ...forgotten }
      for (const own of byPage.values()) addTo(sum, own)
      return sum
    },
    get beating() {
      return known.size
    },
  }
}
