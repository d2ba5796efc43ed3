import { deepStrictEqual } from 'node:assert/strict'
import type { JournalRow } from '#protocol/event.ts'
import { foldOf } from '../journal-fold.ts'
import type { ProgramScreen } from '../program-screen.ts'
import type { ServerProcess } from '../server-process.ts'
import { waitFor } from '../wait-for.ts'

/**
 * Waits until every screen is at the head, and throws unless each shows what the journal says. The server journals what
 * it notices by itself too, so the journal is read until both agree.
 */
export const assertAtHead = async (
  server: ServerProcess,
  screens: readonly ProgramScreen[],
  withinMs = 120_000,
): Promise<JournalRow[]> => {
  let rows = await server.journal()
  await waitFor(
    'every screen is at the head',
    async () => {
      if (screens.every(({ link, seq }) => link?.state === 'live' && seq === rows.length))
        return true
      rows = await server.journal()
      return false
    },
    withinMs,
  )
  const oracle = foldOf(rows)
  for (const { states } of screens) deepStrictEqual(states, oracle)
  return rows
}
