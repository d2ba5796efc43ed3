import type { Fault } from '#protocol/feed.ts'
import type { Clock, Log } from './world.ts'

const lookEveryMs = 1000

/** Logs each fault once when it is raised and once when it is gone, however often it is told to screens. */
export const logFaults = (clock: Clock, log: Log, faults: () => readonly Fault[]): (() => void) => {
  const raised = new Map<string, number>()
  return clock.every(lookEveryMs, () => {
    const now = new Map(faults().map((fault) => [fault.id, fault]))
    for (const { id, severity, message, since } of now.values()) {
      if (raised.has(id)) continue
      raised.set(id, since)
      log[severity === 'error' ? 'error' : 'warn']('Fault raised', { id, severity, message })
    }
    for (const [id, since] of raised) {
      if (now.has(id)) continue
      raised.delete(id)
      log.info('Fault cleared', { id, lastedMs: clock.now() - since })
    }
  })
}
