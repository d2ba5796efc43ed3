import type { JournalRow } from '#protocol/event.ts'
import { type MemoryDisk, newMemoryDisk } from '#server/journal/memory.ts'
import type { Clock } from '#server/world.ts'
import type { Stage } from './stage.ts'

/** The disk of the simulated server, with what disks do. */
export interface Storage {
  disk: MemoryDisk
  /** Commits run on the clock of the process that makes them: what dies with it is never answered. */
  openedBy(clock: Clock, kill: () => void): void
  /** The process is gone, or the power: what it was writing is there as a whole, or not at all. */
  crashed(): void
  /** A fault of the disk for a while, and what may befall a checkpoint. */
  step(): void
  /** An older copy of the journal takes its place, under an epoch of its own, or, where the whole machine was put back, its own. */
  restoreOlder(isMachine: boolean): void
  /** what became of commits that nobody was told of */
  readonly counted: { landedUntold: number; vanished: number }
}

interface UnderWay {
  rows: readonly JournalRow[]
  land: () => void
  hasLanded: boolean
}

export const createStorage = (stage: Stage): Storage => {
  const { shape, world, trace } = stage
  const disk = newMemoryDisk(world)
  disk.rowsPerTelling = 2
  const chance = stage.chance('storage')
  const counted = { landedUntold: 0, vanished: 0 }
  let clock: Clock = world.clock
  let kill = (): void => {}
  let underWay: UnderWay | null = null
  /** written by a commit that failed: a crash may find it whole, until another commit has written over it */
  let torn: readonly JournalRow[] = []

  const note = (what: string, rows: readonly JournalRow[]): void => {
    for (const { seq, id, hash } of rows) trace.note(`${what} ${seq} ${id} ${hash}`)
  }

  disk.write = (rows, land) =>
    new Promise((resolve, reject) => {
      const takesMs = chance.exponential(shape.commitMs)
      if (stage.strikes('killInCommit')) clock.after(takesMs * chance.next(), kill)
      if (stage.strikes('commitFails')) {
        clock.after(takesMs, () => {
          torn = rows
          reject(new Error('simulated EIO'))
        })
        return
      }
      const own: UnderWay = { rows, land, hasLanded: false }
      underWay = own
      // kept, and nobody has been told yet
      clock.after(takesMs * chance.next(), () => {
        own.hasLanded = true
        // the whole commit is lost, and the next one follows what was there before it
        if (shape.isDiskLying && chance.chance(0.1)) return
        torn = []
        land()
        note('kept', rows)
      })
      clock.after(takesMs, () => {
        underWay = null
        resolve()
      })
    })

  return {
    disk,
    counted,
    openedBy(of, killIt) {
      clock = of
      kill = killIt
    },
    crashed() {
      const lost = underWay
      underWay = null
      if (lost?.hasLanded) counted.landedUntold += 1
      else if (lost || torn.length > 0) {
        const rows = lost?.rows ?? torn
        if (chance.chance(0.5)) {
          counted.landedUntold += 1
          disk.rows.push(...rows)
          note('found after the crash', rows)
        } else {
          counted.vanished += 1
          note('vanished', rows)
        }
      }
      torn = []
    },
    step() {
      if (disk.fault === null && stage.strikes('diskFull')) {
        disk.fault = 'simulated ENOSPC'
        // a machine-wide clock: the disk outlives every process
        world.clock.after(chance.exponential(4000), () => {
          disk.fault = null
        })
      }
      const last = disk.checkpoints.at(-1)
      if (last && stage.strikes('checkpointDamaged')) {
        const at = chance.int(0, last.state.length - 1)
        const other = last.state[at] === '0' ? '1' : '0'
        const state = last.state.slice(0, at) + other + last.state.slice(at + 1)
        disk.checkpoints[disk.checkpoints.length - 1] = { ...last, state }
      }
    },
    restoreOlder(isMachine) {
      if (!isMachine) disk.epoch = world.random.id()
      disk.rows.length = Math.floor(disk.rows.length * chance.next())
      disk.checkpoints = disk.checkpoints.filter(({ seq }) => seq <= disk.rows.length)
      torn = []
    },
  }
}
