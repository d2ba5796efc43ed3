import { type Beat, beatWithinMs, type Fault } from '#protocol/feed.ts'
import type { FrozenScreen } from '#protocol/topic.ts'
import type { Clock } from '../world.ts'

/** Every screen that beats, and which of them has stopped drawing: nobody in front of a frozen wall can tell. */
export interface Screens {
  /** `screen` stands for one socket, the same each time; false when it beats for another page than before. */
  beat(screen: object, beat: Omit<Beat, 'kind'>): boolean
  /** `withoutWord`: it did not say goodbye; it may still hang on its wall and show what it showed. */
  left(screen: object, withoutWord: boolean): void
  faults(): Fault[]
  /** of these the ones that somebody gave a name, and so expects to see */
  frozen(): FrozenScreen[]
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
/** So many are told of one by one: a fault is in every heartbeat of every wall. */
const goneAtMost = 100
const toldAtMost = 20

interface Known {
  name: string
  page: string
  beatAtMs: number
  drawnAtMs: number
  isVisible: boolean
  /** server ms; null while it draws */
  frozenSince: number | null
}

export const createScreens = (clock: Clock): Screens => {
  /** by its socket: one socket is one page */
  const known = new Map<object, Known>()
  /** by page: those that went without a word, and when, by the clock that never jumps */
  const gone = new Map<string, Known & { goneAtMs: number }>()
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
    for (const [page, { name, goneAtMs }] of gone) {
      const isOld = clock.monotonic() - goneAtMs > goneToldMs
      if (name === named || isOld || gone.size > goneAtMost) gone.delete(page)
    }
  }

  /** What is known of a page that comes by a new socket, or nothing. */
  const comeBack = (page: string, named: string): Pick<Known, 'name' | 'frozenSince'> => {
    const before = gone.get(page)
    if (before) gone.delete(page)
    if (!before && named === '') unnamed += 1
    const name = before?.name ?? (named === '' ? `#${unnamed}` : named)
    forgetGone(name)
    return { name, frozenSince: before?.frozenSince ?? null }
  }

  const look = (): Known[] => {
    forgetGone('')
    const frozen = [...known.values(), ...gone.values()].filter((screen) => {
      if (isFrozen(screen)) return true
      screen.frozenSince = null
      return false
    })
    for (const screen of frozen) screen.frozenSince ??= clock.now()
    return frozen
  }

  return {
    beat(screen, { page, screen: named, drawnAgoMs, isVisible, gap, dup, reorder }) {
      const before = known.get(screen)
      if (before && before.page !== page) return false
      // what a page missed makes it join again: it is one page over all its sockets
      keep(page, { gap, dup, reorder })
      const { name, frozenSince } = before ?? comeBack(page, named)
      const now = clock.monotonic()
      const drawnAtMs = now - drawnAgoMs
      known.set(screen, { name, page, beatAtMs: now, drawnAtMs, isVisible, frozenSince })
      return true
    },
    left(screen, withoutWord) {
      const one = known.get(screen)
      known.delete(screen)
      // a page that is blocked for long loses its socket, and goes on showing what it showed; whoever gave it a name
      // expects it, and nobody expects a browser that was closed with its lid
      if (!one || !withoutWord || one.name.startsWith('#')) return
      gone.set(one.page, { ...one, goneAtMs: clock.monotonic() })
      forgetGone('')
    },
    faults() {
      const frozen = look()
      const faults = frozen.slice(0, toldAtMost).map(
        ({ name, frozenSince }): Fault => ({
          id: `screen:${name}`,
          severity: 'error',
          message: `screen ${name} has stopped drawing: what it shows is not to be believed`,
          tip: 'Reload its page; if that does not help, restart its browser.',
          since: frozenSince!,
        }),
      )
      const more = frozen.slice(toldAtMost)
      if (more.length > 0) {
        faults.push({
          id: 'screen:more',
          severity: 'error',
          message: `${more.length} more screens have stopped drawing`,
          tip: 'Look at the machines that show them.',
          since: Math.min(...more.map(({ frozenSince }) => frozenSince!)),
        })
      }
      return faults
    },
    frozen: () =>
      look()
        .filter(({ name }) => !name.startsWith('#'))
        .slice(0, toldAtMost)
        .map(({ name, frozenSince }) => ({ screen: name, since: frozenSince! })),
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
