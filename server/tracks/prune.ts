import { readdir, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { createClockBelief, jumpFromMs } from '../clock-belief.ts'
import type { Clock } from '../world.ts'

const dayMs = 86_400_000

/**
 * Deletes chunks older than `days` by the time in their names. A clock that jumps ahead deletes nothing at once, and
 * what was written under it does not stay for ever: a name from the future counts from when it is found.
 */
export const createPruner = (options: { clock: Clock; folder: string; days: number }) => {
  const { clock, folder, days } = options
  const isBelieved = createClockBelief(clock, true)

  return async (): Promise<void> => {
    if (!isBelieved()) return
    const now = clock.now()
    for (const [n, name] of (await readdir(folder)).entries()) {
      const writtenAt = Number.parseInt(name, 10)
      const rest = name.slice(name.indexOf('-'))
      if (writtenAt < now - days * dayMs) await unlink(join(folder, name))
      else if (writtenAt > now + jumpFromMs)
        await rename(join(folder, name), join(folder, `${now + n}${rest}`))
    }
  }
}
