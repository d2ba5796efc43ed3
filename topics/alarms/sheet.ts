import type { AlarmRow } from './alarms.rows.ts'

/** What may be done about an alarm; each is a command, `alarm.<offer>`. */
export type Offer = 'acknowledge' | 'shelve' | 'unshelve'

/** What the state of an alarm allows: `alarms.decide.ts` refuses all else. */
export const offersOf = ({ standing, priority }: AlarmRow): readonly Offer[] => {
  if (standing === 'suppressed') return []
  if (standing === 'shelved') return ['unshelve']
  const isWaiting = standing !== 'acknowledged'
  // what is over needs to be seen, not to be put away
  const mayShelve = priority > 1 && standing !== 'returned'
  return [...(isWaiting ? ['acknowledge' as const] : []), ...(mayShelve ? ['shelve' as const] : [])]
}

/** The alarm that most needs somebody: of the gravest what goes on before what is over, then whatever comes first. */
export const firstChoice = (rows: readonly AlarmRow[]): string | null =>
  (
    rows.find(({ standing }) => standing === 'unacknowledged') ??
    rows.find(({ isUnacked }) => isUnacked) ??
    rows[0]
  )?.alarm ?? null

/** The one above or below; from one that has gone, the one that most needs somebody. */
export const stepChoice = (
  rows: readonly AlarmRow[],
  chosen: string | null,
  by: 1 | -1,
): string | null => {
  const at = rows.findIndex(({ alarm }) => alarm === chosen)
  if (at === -1) return firstChoice(rows)
  return rows[Math.max(0, Math.min(rows.length - 1, at + by))]!.alarm
}
