import { statfs } from 'node:fs/promises'
import type { Fault } from '#protocol/feed.ts'
import type { Clock } from '../world.ts'

const lookEveryMs = 10_000
const freeShareAtLeast = 0.05
const mib = 1024 * 1024
const freeBytesAtLeast = 512 * mib

/** Room of a file system. */
export interface Room {
  freeBytes: number
  totalBytes: number
}

export const roomOf = async (folder: string): Promise<Room> => {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

export interface DiskWatch {
  readonly fault: Fault | null
  readonly room: Room | null
  stop(): void
}

/** Says that the data folder is nearly full before it is. */
export const watchDisk = (
  clock: Clock,
  folder: string,
  measure: (folder: string) => Promise<Room> = roomOf,
): DiskWatch => {
  let room: Room | null = null
  let fault: Fault | null = null
  const look = async (): Promise<void> => {
    room = await measure(folder)
    const { freeBytes, totalBytes } = room
    const isShort = freeBytes < freeBytesAtLeast || freeBytes < freeShareAtLeast * totalBytes
    fault = isShort
      ? {
          id: 'disk',
          severity: 'warning',
          message: `The disk of the data folder is nearly full: ${Math.floor(freeBytes / mib)} MiB of ${Math.floor(totalBytes / mib)} MiB are free`,
          tip: 'Make room before it is full: then nothing more can be recorded (docs/operations.md).',
          since: fault?.since ?? clock.now(),
        }
      : null
  }
  // a disk that cannot be asked is told of by the journal, which cannot write to it either
  const tryLook = (): void => void look().catch(() => {})
  tryLook()
  const stop = clock.every(lookEveryMs, tryLook)
  return {
    get fault() {
      return fault
    },
    get room() {
      return room
    },
    stop,
  }
}
