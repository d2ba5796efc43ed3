import type { Fault } from '#protocol/feed.ts'
import type { Clock, Log } from '../world.ts'
import { watchDisk } from './disk.ts'
import type { Journal } from './journal.ts'
import { type LastBackup, lastBackup } from './last-backup.ts'
import { type Scrub, startScrub } from './scrub.ts'

const lookEveryMs = 10_000

/** What looks after the journal's folder while it is in use. */
export interface FolderWatch {
  faults(): Fault[]
  readonly scrub: Pick<Scrub, 'seq' | 'passedAt' | 'badRows'>
  readonly freeBytes: number | null
  readonly backup: LastBackup | null
  stop(): Promise<void>
}

/** Scrubs the chain, measures the room that is left, and notices backups. */
export const watchFolder = async (options: {
  clock: Clock
  log: Log
  journal: Journal
  folder: string
  scrubHours: number
}): Promise<FolderWatch> => {
  const { clock, log, journal, folder } = options
  const scrub = await startScrub({ clock, log, journal, folder, hours: options.scrubHours })
  const disk = watchDisk(clock, folder)
  let backup = await lastBackup(folder)
  const stopLooking = clock.every(lookEveryMs, () => {
    void lastBackup(folder).then((found) => {
      if (found && found.takenAt !== backup?.takenAt) log.info('A backup was taken', { ...found })
      backup = found
    })
  })
  return {
    faults: () => [scrub.fault, disk.fault].filter((fault) => fault !== null),
    scrub,
    get freeBytes() {
      return disk.room?.freeBytes ?? null
    },
    get backup() {
      return backup
    },
    async stop() {
      stopLooking()
      disk.stop()
      await scrub.stop()
    },
  }
}
