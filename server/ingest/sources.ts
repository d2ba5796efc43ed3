import type { Fault } from '#protocol/feed.ts'
import type { Declaration, Door, DoorTally, Standing } from '#protocol/source.ts'
import type { Clock } from '../world.ts'

/** More sources than this are one to the door: somebody makes up names. */
const sourcesAtMost = 1000
const others = 'others'

/** It is asked every second; after a longer break, nobody was listening in between. */
const breakMs = 5000

type Counted = 'duplicates' | 'refused' | 'masked' | 'fixes'

/** Every source that the door has heard since it opened, and what each has declared. */
export interface Sources {
  /** A word of any kind; `at` is what its events say of their arrival, ms, so that the two agree. */
  heard(source: string, isSimulated: boolean, at?: number): void
  count(source: string, what: Counted, by?: number): void
  declare(source: string, declaration: Declaration | 'retired'): void
  /** A sender was asked to come again: what it brings then is late through no fault of its own. */
  turnedAway(): void
  /** The number patterns that a source has declared, in this run or before it. */
  numberPatternsOf(source: string): readonly string[]
  /** To be asked every second. */
  door(): Door
  /** more names than can be told apart; null while they can */
  readonly fault: Fault | null
}

/** With when it was last heard, by the clock that never jumps. */
type Tally = Omit<DoorTally, 'unheardMs'> & { heardAtMs: number }

/** `remembered`: how sources stand by the journal, for what was declared before this start. */
export const createSources = (
  clock: Clock,
  remembered: () => ReadonlyMap<string, Standing>,
): Sources => {
  const openedAt = clock.now()
  const tallies = new Map<string, Tally>()
  let listeningSinceMs = clock.monotonic()
  let askedAtMs = listeningSinceMs
  let turnedAwayAt: number | null = null
  let crowdedSince: number | null = null

  const isFull = (): boolean => tallies.size - Number(tallies.has(others)) >= sourcesAtMost

  /** A promise is watched: who makes one takes the place of who was heard longest ago and made none. */
  const makeRoom = (): void => {
    let oldest: Tally | null = null
    for (const tally of tallies.values()) {
      if (tally.declared !== null || tally.source === others) continue
      if (!oldest || tally.heardAtMs < oldest.heardAtMs) oldest = tally
    }
    if (oldest) tallies.delete(oldest.source)
  }

  const tallyOf = (source: string): Tally => {
    const known = tallies.get(source)
    if (known) return known
    if (isFull() && source !== others) {
      crowdedSince ??= clock.now()
      return tallyOf(others)
    }
    const tally: Tally = {
      source,
      heardAt: null,
      heardAtMs: 0,
      declared: null,
      simulated: false,
      duplicates: 0,
      refused: 0,
      masked: 0,
      fixes: 0,
    }
    tallies.set(source, tally)
    return tally
  }

  return {
    heard(source, isSimulated, at = clock.now()) {
      const tally = tallyOf(source)
      tally.heardAt = at
      tally.heardAtMs = clock.monotonic()
      tally.simulated = isSimulated
    },
    count(source, what, by = 1) {
      if (by > 0) tallyOf(source)[what] += by
    },
    declare(source, declaration) {
      if (!tallies.has(source) && isFull()) makeRoom()
      tallyOf(source).declared = declaration
    },
    turnedAway() {
      turnedAwayAt = clock.now()
    },
    numberPatternsOf(source) {
      const declared = tallies.get(source)?.declared
      if (declared === 'retired') return []
      return (declared ?? remembered().get(source))?.numberPatterns ?? []
    },
    door() {
      const nowMs = clock.monotonic()
      if (nowMs - askedAtMs > breakMs) listeningSinceMs = nowMs
      askedAtMs = nowMs
      const listeningMs = nowMs - listeningSinceMs
      const told = Array.from(tallies.values(), ({ heardAtMs, ...tally }): DoorTally => {
        const sinceMs = tally.heardAt === null ? listeningSinceMs : heardAtMs
        // whole ms, as every time that is journaled: the clock that never jumps counts in fractions
        return { ...tally, unheardMs: Math.floor(Math.min(nowMs - sinceMs, listeningMs)) }
      })
      return { openedAt, listeningMs: Math.floor(listeningMs), turnedAwayAt, tallies: told }
    },
    get fault(): Fault | null {
      if (crowdedSince === null) return null
      return {
        id: 'sources',
        severity: 'warning',
        message: `more than ${sourcesAtMost} names of sources since the start: the next are counted as one`,
        tip: 'Look in the metrics who makes up names (an incident number as a source is enough), mend it, and restart.',
        since: crowdedSince,
      }
    },
  }
}
