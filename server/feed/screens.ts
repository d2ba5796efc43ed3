import { type Beat, beatWithinMs, type Fault } from '#protocol/feed.ts'
import type { Clock } from '../world.ts'

/** Every screen that beats, and which of them has stopped drawing: nobody in front of a frozen wall can tell. */
export interface Screens {
  /** `screen` is anything that stands for one screen, the same each time. */
  beat(screen: object, beat: Omit<Beat, 'kind'>): void
  left(screen: object): void
  faults(): Fault[]
  /** what the screens' standing checkers have counted since the server's start */
  readonly counted: Readonly<Record<'gap' | 'dup' | 'reorder', number>>
  readonly beating: number
}

interface Known {
  name: string
  beatAtMs: number
  drawnAtMs: number
  isVisible: boolean
  counted: Record<'gap' | 'dup' | 'reorder', number>
  /** server ms; null while it draws */
  frozenSince: number | null
}

export const createScreens = (clock: Clock): Screens => {
  const known = new Map<object, Known>()
  const counted = { gap: 0, dup: 0, reorder: 0 }
  let unnamed = 0

  const isFrozen = ({ beatAtMs, drawnAtMs, isVisible }: Known): boolean => {
    // a page in the background is slowed down by its browser, and nobody reads it
    if (!isVisible) return false
    const lastSign = Math.min(beatAtMs, drawnAtMs)
    return clock.monotonic() - lastSign > beatWithinMs
  }

  return {
    beat(screen, { screen: named, drawnAgoMs, isVisible, gap, dup, reorder }) {
      const before = known.get(screen)
      if (!before && named === '') unnamed += 1
      const name = before?.name ?? (named === '' ? `#${unnamed}` : named)
      const now = clock.monotonic()
      const own = { gap, dup, reorder }
      // a screen counts from its own start, and keeps counting over many sockets
      for (const key of ['gap', 'dup', 'reorder'] as const)
        counted[key] += Math.max(0, own[key] - (before?.counted[key] ?? own[key]))
      known.set(screen, {
        name,
        beatAtMs: now,
        drawnAtMs: now - drawnAgoMs,
        isVisible,
        counted: own,
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
    counted,
    get beating() {
      return known.size
    },
  }
}
