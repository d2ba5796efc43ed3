import type { Units } from '#protocol/feed.ts'
import {
  createTrackTable,
  decodeTracks,
  growTrackTable,
  type TrackTable,
} from '#protocol/track-frame.ts'

/** Where the centre's own units are, as of one picture. */
export interface Tracks {
  /** written in place by every frame: read it, keep no part of it */
  table: TrackTable
  /** by index */
  names: readonly string[]
  /** units that have sent a position */
  units: number
  /** true when any of them is made up */
  simulated: boolean
  /** the newest position, server ms; null: none yet */
  newestAt: number | null
}

export interface TrackStore {
  name(message: Units): void
  take(frame: Uint8Array): void
  /** a new value for every picture, so that what is drawn from it is drawn anew */
  now(): Tracks
}

export const createTrackStore = (): TrackStore => {
  let table = createTrackTable()
  let names: string[] = []
  let simulated = new Set<number>()
  const summary = (): Pick<Tracks, 'units' | 'newestAt'> => {
    let units = 0
    let newestAt = 0
    for (let index = 0; index < table.size; index++) {
      const at = table.fixAt[index]!
      if (at === 0) continue
      units += 1
      if (at > newestAt) newestAt = at
    }
    return { units, newestAt: units === 0 ? null : newestAt }
  }
  return {
    name(message) {
      if (message.from > names.length)
        throw new RangeError('names of units before these have not come')
      if (message.from === 0) {
        // a server that has started anew counts anew
        table = createTrackTable()
        names = []
        simulated = new Set()
      }
      for (const [n, name] of message.names.entries()) names[message.from + n] = name
      for (const index of message.simulated) simulated.add(index)
      growTrackTable(table, names.length)
    },
    take(frame) {
      decodeTracks(frame, table, names.length)
    },
    now: () => ({ table, names, simulated: simulated.size > 0, ...summary() }),
  }
}
