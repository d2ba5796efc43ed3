import type { Declaration, Door, DoorTally, Standing } from '#protocol/source.ts'
import type { Clock } from '../world.ts'

/** More sources than this are one to the door: somebody makes up names. */
const sourcesAtMost = 1000
const others = 'others'

type Counted = 'duplicates' | 'refused' | 'masked' | 'fixes'

/** Every source that the door has heard since it opened, and what each has declared. */
export interface Sources {
  /** A word of any kind. */
  heard(source: string, isSimulated: boolean): void
  count(source: string, what: Counted, by?: number): void
  declare(source: string, declaration: Declaration | 'retired'): void
  /** The number patterns that a source has declared, in this run or before it. */
  numberPatternsOf(source: string): readonly string[]
  door(): Door
}

/** `remembered`: how sources stand by the journal, for what was declared before this start. */
export const createSources = (
  clock: Clock,
  remembered: () => ReadonlyMap<string, Standing>,
): Sources => {
  const openedAt = clock.now()
  const tallies = new Map<string, DoorTally>()

  const tallyOf = (source: string): DoorTally => {
    const known = tallies.get(source)
    if (known) return known
    const isOneTooMany = tallies.size >= sourcesAtMost && source !== others
    if (isOneTooMany) return tallyOf(others)
    const tally: DoorTally = {
      source,
      heardAt: null,
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
    heard(source, isSimulated) {
      const tally = tallyOf(source)
      tally.heardAt = clock.now()
      tally.simulated = isSimulated
    },
    count(source, what, by = 1) {
      if (by > 0) tallyOf(source)[what] += by
    },
    declare(source, declaration) {
      tallyOf(source).declared = declaration
    },
    numberPatternsOf(source) {
      const declared = tallies.get(source)?.declared
      if (declared === 'retired') return []
      return (declared ?? remembered().get(source))?.numberPatterns ?? []
    },
    door: () => ({ openedAt, tallies: Array.from(tallies.values(), (tally) => ({ ...tally })) }),
  }
}
