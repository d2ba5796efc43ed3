import type { AlarmRow } from './alarms.rows.ts'

type Translate = (key: string, named?: Record<string, unknown>) => string

/** What sort of a thing it is, as the topic that it comes from calls it. */
const sortKey: Partial<Record<NonNullable<AlarmRow['of']>, string>> = {
  incident: 'incidents.category',
  township: 'grid-cells.kind',
  source: 'feed-health.standing',
}

/** What an alarm is written with. */
export interface Pen {
  t: Translate
  lang: 'zh' | 'en'
  divisionName(code: string, lang: 'zh' | 'en'): string
  /** what people call a source */
  titleOf(source: string, lang: 'zh' | 'en'): string
}

/** An alarm in the words of a screen. */
export interface RowWords {
  what: string
  where: string
  /** where there is one line for all of it */
  whereInShort: string
  /** what is to be done, and by whom */
  response: string
  /** whether somebody has it; `by` whom, where that is known */
  state: string
  by: string
  /** what it says to whoever asks where it came from */
  from: { row: string; rule: string; of: AlarmRow }
}

export const wordsOf = (row: AlarmRow, { t, lang, ...names }: Pen): RowWords => {
  const { rule, of, category, division, standing, ackedBy, owner, isEscalated } = row
  const subject = of === 'source' && row.subject ? names.titleOf(row.subject, lang) : row.subject
  const prefix = of && sortKey[of]
  const sort = category === null || !prefix ? '' : t(`${prefix}.${category}`)
  const isIncident = rule === null ? of !== 'unit' : rule === 'incident-grave'
  const whatOf = () => {
    if (rule === null && of === 'unit') return t('alarms.zone.own')
    // the level is told by the sign: what sort it is says more
    if (isIncident && sort) return sort
    return rule === null ? '' : t(`alarms.what.${rule}`)
  }
  const what = whatOf()
  const place = division === null ? '' : names.divisionName(division, lang)
  const where = [subject, place, isIncident || rule === 'source-silent' ? '' : sort]
    .filter(Boolean)
    .join(' · ')
  // of an incident the place says more than its number, of all else its name
  const whereInShort = of === 'incident' ? place || subject : subject || place
  const by = standing === 'acknowledged' && ackedBy ? ackedBy : ''
  const response =
    rule === null || owner === null
      ? ''
      : t('alarms.zone.does', {
          owner: t(`alarms.owner.${owner}`),
          response: t(`alarms.response.${rule}`),
        })
  const todo = [isEscalated ? t('alarms.zone.escalated') : '', response].filter(Boolean).join(' · ')
  const state = t(`alarms.standing.${standing}`)
  const from = {
    row: [what, where].filter(Boolean).join(' · '),
    rule: `alarms.raise.${rule ?? 'untold'}`,
    of: row,
  }
  return { what, where, whereInShort, response: todo, state, by, from }
}
