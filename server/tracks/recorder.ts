import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault } from '#protocol/feed.ts'
import type { Fix } from '#protocol/track.ts'
import type { Clock } from '../world.ts'
import { encodeChunk } from './chunk.ts'
import type { Lane } from './lane.ts'
import { createPruner } from './prune.ts'

const chunkEveryMs = 60_000
const fixesPerChunk = 100_000
const suffix = '.tracks.gz'

/** Named by the time of writing, so that a name tells when the chunk may go. */
const nameOf = (now: number, count: number): string => `${now}-${count}${suffix}`

export interface Recorder {
  /** why tracks are not being recorded, keyed as every fault; null while they are */
  readonly fault: Fault | null
  /** Writes what is waiting. */
  close(): Promise<void>
}

/**
 * Writes the lane's ticks to chunks of a minute beside the journal, and deletes those older than `days`.
 * What was not written when the process is killed (a minute at most) is gone: positions are not events.
 */
export const startRecorder = (options: {
  clock: Clock
  lane: Lane
  folder: string
  days: number
}): Recorder => {
  const { clock, lane, folder, days } = options
  const prune = createPruner({ clock, folder, days })
  let waiting: Fix[] = []
  let fault: Fault | null = null
  let underWay: Promise<void> = Promise.resolve()

  const write = async (fixes: Fix[]): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (fixes.length > 0) {
      const path = join(folder, nameOf(clock.now(), fixes.length))
      // a name without the suffix until it is whole
      await writeFile(`${path}.part`, encodeChunk(fixes), { mode: 0o600 })
      await rename(`${path}.part`, path)
    }
    await prune()
  }
  const flush = (): void => {
    const fixes = waiting
    waiting = []
    underWay = underWay
      .then(() => write(fixes))
      .then(
        () => {
          fault = null
        },
        (failed: Error) => {
          fault = {
            id: 'tracks',
            severity: 'warning',
            message: `Positions are not being recorded: ${failed.message}`,
            tip: 'They are shown all the same. Look at the disk of the data folder.',
            since: fault?.since ?? clock.now(),
          }
        },
      )
  }

  lane.onTick(({ changed }) => {
    for (const { fix } of changed) waiting.push(fix)
    if (waiting.length >= fixesPerChunk) flush()
  })
  const stop = clock.every(chunkEveryMs, flush)

  return {
    get fault() {
      return fault
    },
    async close() {
      stop()
      flush()
      await underWay
    },
  }
}
