import { expect, it } from 'vitest'
import { createDesk, minuteMs, reportOf } from './alarms.fixture.ts'
import { listRows, zoneRows } from './alarms.rows.ts'
import { alarms } from './alarms.ts'
import { type Pen, wordsOf } from './row-words.ts'

/** Says every key as it is, and what is called something by that. */
const pen: Pen = {
  t: (key) => key,
  lang: 'en',
  divisionName: (code) => `place ${code}`,
  titleOf: (source) => (source === 'cad-110' ? '110 calls' : source),
}

it('a source is called by its title, whatever it is called by machines', () => {
  const desk = createDesk()
  const silent = { source: 'cad-110', fault: 'silent', since: desk.now }
  desk.tell('feed.faultRaised', silent, { source: 'wanglou' })
  desk.pass(minuteMs)
  const [row] = listRows(desk.state)
  expect(wordsOf(row!, pen)).toMatchObject({
    where: '110 calls',
    whereInShort: '110 calls',
    from: { row: 'alarms.what.source-silent · 110 calls', rule: 'alarms.raise.source-silent' },
  })
})

it('a unit that is called as a source is stays what it is called', () => {
  const desk = createDesk()
  desk.tell('patrol.unrosteredSeen', { unit: 'cad-110', cause: 'tick' })
  desk.pass(minuteMs)
  expect(wordsOf(listRows(desk.state)[0]!, pen).where).toBe('cad-110')
})

it('tells whoever may not know it nothing of the rule and of who told', () => {
  const desk = createDesk()
  desk.tell('incident.reported', reportOf('JQ0001', 1), { source: 'cad-110' })
  desk.pass(minuteMs)
  const known = wordsOf(zoneRows(desk.state)[0]!, pen).from
  expect([known.rule, known.of.sources]).toEqual(['alarms.raise.incident-grave', ['cad-110']])
  const { from } = wordsOf(zoneRows(alarms.redact(desk.state, 'visitor'))[0]!, pen)
  expect([from.rule, from.of.sources]).toEqual(['alarms.raise.untold', ['wanglou']])
  expect(from.row).not.toContain('0001')
})
