import type { AlarmRow } from './alarms.rows.ts'

type Translate = (key: string, named?: Record<string, unknown>) => string

/** What an alarm is about, in the words of a screen: `what`, `where`, and what is to be done. */
export const wordsOf = (
  { rule, subject, isOfUnit, category, division, standing, ackedBy, owner, isEscalated }: AlarmRow,
  t: Translate,
  placeName: (division: string) => string,
): { what: string; where: string; response: string; state: string } => {
  const sort = category === null ? '' : t(`alarms.category.${category}`)
  const isIncident = rule === null ? !isOfUnit : rule === 'incident-grave'
  const what = () => {
    if (rule === null && isOfUnit) return t('alarms.zone.own')
    // the level is told by the sign: what sort it is says more
    if (isIncident && sort) return sort
    return rule === null ? '' : t(`alarms.what.${rule}`)
  }
  const place = division === null ? '' : placeName(division)
  const where = [subject, place, isIncident || rule === 'source-silent' ? '' : sort]
    .filter(Boolean)
    .join(' · ')
  const by = standing === 'acknowledged' && ackedBy ? ` · ${ackedBy}` : ''
  const response =
    rule === null || owner === null
      ? ''
      : t('alarms.zone.does', {
          owner: t(`alarms.owner.${owner}`),
          response: t(`alarms.response.${rule}`),
        })
  const todo = [isEscalated ? t('alarms.zone.escalated') : '', response].filter(Boolean).join(' · ')
  return { what: what(), where, response: todo, state: t(`alarms.standing.${standing}`) + by }
}
