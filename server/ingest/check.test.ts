import { describe, expect, it } from 'vitest'
import { templateEvents } from '#topics/_template/template.events.ts'
import { definitions } from '#topics/index.ts'
import { createCheck } from './check.ts'
import { gcj02Of } from './coordinates.ts'

const now = Date.UTC(2026, 10, 22, 14, 0)
const minute = 60_000
const check = createCheck({ ...definitions, ...templateEvents }, new Set(['drill']), (source) =>
  source === 'declared' ? ['110-###########', '##################'] : [],
)
const live = { isBackfill: false, isSimulated: false }
const report = definitions['incident.reported']!.example
const good = { id: 'e1', type: 'incident.reported', at: now, source: 'cad', body: report }

const take = (value: unknown, sending = live) => {
  const result = check(value, sending, now)
  if ('refusal' in result) throw new Error(JSON.stringify(result.refusal))
  return result.draft
}
const refusalOf = (value: unknown) => {
  const result = check(value, live, now)
  if ('draft' in result) throw new Error('it was taken')
  return result.refusal
}

it('takes a good event, with the version of its body and the time it came', () => {
  expect(take(good)).toEqual({ ...good, seenAt: now, flags: [], body: { ...report, v: 1 } })
})

describe('refuses, and names the field and the mend', () => {
  it.each([
    ['a number for an id', { ...good, id: 7 }, 'id', 'string'],
    ['an id with a space', { ...good, id: 'a b' }, 'id', 'letters, digits'],
    ["the server's own name", { ...good, source: 'wanglou' }, 'source', 'own name'],
    ['no type', { ...good, type: undefined }, 'type', 'string'],
    ['a type of nobody', { ...good, type: 'x.happened' }, 'type', 'incident.*'],
    ['a type misspelt', { ...good, type: 'incident.report' }, 'type', 'incident.reported'],
    ['a type of the prototype', { ...good, type: 'toString' }, 'type', 'unknown type'],
    ['seconds with a fraction', { ...good, at: 1.5 }, 'at', 'milliseconds'],
    ['a time before 1970', { ...good, at: -1 }, 'at', 'milliseconds'],
    ['an unknown system', { ...good, crs: 'utm' }, 'crs', 'gcj02'],
    ['an unknown envelope field', { ...good, extra: 1 }, 'extra', 'remove it'],
    [
      'an unknown body field',
      { ...good, body: { ...report, callerName: '' } },
      'body.callerName',
      'remove it',
    ],
    [
      'a missing body field',
      { ...good, body: { ...report, level: undefined } },
      'body.level',
      'number',
    ],
    ['a level of five', { ...good, body: { ...report, level: 5 } }, 'body.level', '<=4'],
    ['a place off the globe', { ...good, body: { ...report, lat: 91 } }, 'body.lat', '<=90'],
    ['infinity', { ...good, body: { ...report, lon: JSON.parse('1e999') } }, 'body.lon', 'number'],
    [
      'a foreign division',
      { ...good, body: { ...report, division: '110000' } },
      'body.division',
      'division',
    ],
    [
      'two lines of text',
      { ...good, body: { ...report, summary: 'a\nb' } },
      'body.summary',
      'one line',
    ],
    [
      'half a character',
      { ...good, body: { ...report, summary: '\ud800' } },
      'body.summary',
      'one line',
    ],
    ['a body that is none', { ...good, body: [] }, 'body', 'object'],
    ['a later version', { ...good, body: { ...report, v: 2 } }, 'body.v', '1 to 1'],
    ['a string', 'x', null, 'object'],
    ['null', null, null, 'object'],
  ])('%s', (_, value, field, says) => {
    const refusal = refusalOf(JSON.parse(JSON.stringify(value) ?? 'null'))
    // JSON has no undefined, infinity or lone surrogate of its own: those come in as they are
    const direct = refusalOf(value)
    expect(direct.field).toBe(field)
    expect(`${direct.field}: ${direct.reason}`).toContain(says)
    expect(refusal.field).toBe(field)
  })

  it('with the id, where there is one to be read', () => {
    expect(refusalOf({ ...good, at: 'x' }).id).toBe('e1')
    expect(refusalOf({ ...good, id: 7 }).id).toBeNull()
  })

  it('what would reach into the prototype', () => {
    const inBody = JSON.parse(
      `{"id":"e","type":"incident.handled","at":1,"source":"s","body":{"incident":"1","__proto__":{"x":1}}}`,
    )
    expect(refusalOf(inBody).field).toBe('body.__proto__')
    const inEnvelope = JSON.parse(
      `{"id":"e","type":"incident.handled","at":1,"source":"s","body":{"incident":"1"},"__proto__":{}}`,
    )
    expect(refusalOf(inEnvelope).field).toBe('__proto__')
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})

describe('time', () => {
  it.each([
    [-24 * 60 * minute, []],
    [-24 * 60 * minute - 1, ['clockSuspect']],
    [5 * minute, []],
    [5 * minute + 1, ['clockSuspect']],
  ])('live and %i ms off is flagged %j', (off, flags) => {
    expect(take({ ...good, at: now + off }).flags).toEqual(flags)
  })

  it('is trusted when it is history', () => {
    const draft = take({ ...good, at: 0 }, { isBackfill: true, isSimulated: false })
    expect([draft.at, draft.flags]).toEqual([0, ['backfill']])
    const ofTomorrow = take(
      { ...good, at: now + 6 * minute },
      { isBackfill: true, isSimulated: false },
    )
    expect(ofTomorrow.flags).toEqual(['backfill', 'clockSuspect'])
  })
})

it('marks what is simulated, by the sending or by its source', () => {
  expect(take(good, { isBackfill: false, isSimulated: true }).flags).toEqual(['simulated'])
  expect(take({ ...good, source: 'drill' }).flags).toEqual(['simulated'])
})

describe('places', () => {
  it('are converted once, and kept without the name of the old system', () => {
    const [lon, lat] = gcj02Of([100.8, 22])
    const draft = take({ ...good, crs: 'gcj02', body: { ...report, lon, lat } })
    expect(draft.body.lon).toBeCloseTo(100.8, 6)
    expect(draft.body.lat).toBeCloseTo(22, 6)
    expect(Object.keys(draft)).not.toContain('crs')
  })

  it('stay as they are in WGS-84 and CGCS2000', () => {
    for (const crs of ['wgs84', 'cgcs2000']) {
      expect(take({ ...good, crs }).body).toMatchObject({ lon: report.lon, lat: report.lat })
    }
  })
})

it('reads the first version of a body, and keeps it as the present one', () => {
  const thing = { id: 't', type: 'thing.counted', at: now, source: 's' }
  const body = { place: 'A-1', count: 7, remark: '', v: 2 }
  expect(take({ ...thing, body: { place: 'A-1', n: 7 } }).body).toEqual(body)
  expect(take({ ...thing, body }).body).toEqual(body)
  expect(refusalOf({ ...thing, body: { place: 'A-1', n: 7, v: 2 } }).field).toBe('body.count')
})

it('refuses half a character wherever a text may stand: the chain wants whole ones', () => {
  const body = { ...definitions['patrol.segmentPatrolled']!.example, cause: '\ud83d' }
  const patrolled = { ...good, type: 'patrol.segmentPatrolled', body }
  expect(refusalOf(patrolled)).toMatchObject({ field: 'body.cause' })
})

describe('numbers of persons and vehicles', () => {
  const [card, phone, plate] = ['532801199001010187', '13912345678', '云K12345']

  it('are masked in free text, and counted by kind', () => {
    const summary = `${phone}的${plate}，证${card}`
    const result = check({ ...good, body: { ...report, summary } }, live, now)
    expect(result).toMatchObject({
      draft: { body: { ...report, summary: '[手机号]的[车牌号]，证[证件号]' } },
      masked: ['phone', 'plate', 'card'],
    })
  })

  it('are masked in a body of an older version too', () => {
    const body = { place: 'A-1', count: 7, remark: phone, v: 2 }
    expect(take({ id: 't', type: 'thing.counted', at: now, source: 's', body }).body.remark).toBe(
      '[手机号]',
    )
  })

  it.each([
    ['id', { id: phone }],
    ['id', { id: `cad-${card}` }],
    ['source', { source: phone }],
    ['body.incident', { body: { ...report, incident: card } }],
    ['body.unit', { type: 'incident.enRoute', body: { incident: '1', unit: plate } }],
    ['body.units.1', { type: 'incident.dispatched', body: { incident: '1', units: ['a', phone] } }],
    ['body.[手机号]', { body: { ...report, [phone]: 1 } }],
    ['[证件号]', { [card]: 1 }],
  ])('refuse the event in %s, and no word of the refusal repeats them', (field, over) => {
    const refusal = refusalOf({ ...good, ...over })
    expect(refusal.field).toBe(field)
    expect(JSON.stringify(refusal)).not.toMatch(/\d{8}|云K/)
  })

  it('are not repeated as the id of what is refused for another reason', () => {
    expect(refusalOf({ ...good, id: `x/${phone}`, at: 'x' }).id).toBe('x/[手机号]')
    expect(refusalOf({ ...good, id: `报警人 ${phone}` }).id).toBe('报警人 [手机号]')
  })

  it('pass unaltered where the source has declared that its numbers look so', () => {
    const declared = { ...good, source: 'declared' }
    for (const [id, incident] of [
      ['e1', card],
      [`110-${phone}`, card],
      [card, `110-${phone}`],
    ])
      expect(take({ ...declared, id, body: { ...report, incident } })).toMatchObject({
        id,
        body: { incident },
      })
    // the whole value must fit, and free text is masked all the same
    expect(refusalOf({ ...declared, body: { ...report, incident: phone } }).field).toBe(
      'body.incident',
    )
    expect(take({ ...declared, body: { ...report, summary: card } }).body.summary).toBe('[证件号]')
  })

  it('leave no half of themselves where a long id is cut', () => {
    const id = `${'k'.repeat(120)}-13912345678`
    expect(refusalOf({ ...good, id })).toMatchObject({ id: `${'k'.repeat(120)}-` })
  })
})
