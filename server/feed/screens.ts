import { type Beat, beatWithinMs, type Fault } from '#protocol/feed.ts'
import type { Clock } from '../world.ts'

/** Every screen that beats, and which of them has stopped drawing: nobody in front of a frozen wall can tell. */
export interface Screens {
  /** `screen` is anything that stands for one screen, the same each time. */
  beat(screen: object, beat: Omit<Beat, 'kind'>): void
  /** `withoutWord`: it did not say goodbye; it may still hang on its wall and show what it showed. */
  left(screen: object, withoutWord: boolean): void
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

/** A screen that went without a word is told of for so long, unless it comes back; then it has been told enough, ms. */
const goneToldMs = 3_600_000

interface Known {
  name: string
  /** what it came by */
  screen: object
  beatAtMs: number
  drawnAtMs: number
  isVisible: boolean
  /** it has no socket any more, and did not say goodbye; by the clock that never jumps */
  goneAtMs: number | null
  /** server ms; null while it draws */
  frozenSince: number | null
}

export const createScreens = (clock: Clock): Screens => {
  const known = new Map<string, Known>()
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

  /** The screen that is called so has been opened anew, or nobody wants to hear of it any more. */
  const forgetGone = (named: string): void => {
    for (const [page, { name, goneAtMs }] of known) {
      if (goneAtMs === null) continue
      const isOld = clock.monotonic() - goneAtMs > goneToldMs
      if (name === named || isOld) known.delete(page)
    }
  }

  return {
    beat(screen, { page, screen: named, drawnAgoMs, isVisible, gap, dup, reorder }) {
      const before = known.get(page)
      if (!before && named === '') unnamed += 1
      const name = before?.name ?? (named === '' ? `#${unnamed}` : named)
      const now = clock.monotonic()
      // what a page missed makes it join again: it is one page over all its sockets
      keep(page, { gap, dup, reorder })
      if (!before) forgetGone(name)
      known.set(page, {
        name,
        screen,
        beatAtMs: now,
        drawnAtMs: now - drawnAgoMs,
        isVisible,
        goneAtMs: null,
        frozenSince: before?.frozenSince ?? null,
      })
    },
    left(screen, withoutWord) {
      for (const [page, one] of known) {
        if (one.screen !== screen || one.goneAtMs !== null) continue
        // a page that is blocked for long loses its socket, and goes on showing what it showed; whoever gave it a name
        // expects it, and nobody expects a browser that was closed with its lid
        if (withoutWord && !one.name.startsWith('#')) one.goneAtMs = clock.monotonic()
        else known.delete(page)
      }
    },
    faults() {
      const faults: Fault[] = []
      forgetGone('')
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
      let beating = 0
      for (const { goneAtMs } of known.values()) if (goneAtMs === null) beating += 1
      return beating
    },
  }
}
