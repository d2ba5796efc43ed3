import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { definitions } from '#topics/index.ts'
import { type OpenApp, openApp, token as right } from '../open-app.fixture.ts'

let app: OpenApp['app']
let disk: OpenApp['disk']
let core: OpenApp['core']

beforeEach(async () => {
  ;({ app, disk, core } = await openApp({ hosts: [] }))
  return () => core.close()
})

const ask = async (path: string, lines?: readonly unknown[], token = right) => {
  const answer = await app.request(path, {
    headers: { authorization: token, 'content-type': 'application/x-ndjson' },
    ...(lines && {
      method: 'POST',
      body: lines
        .map((each) => `${typeof each === 'string' ? each : JSON.stringify(each)}\n`)
        .join(''),
    }),
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.startsWith('application/json')
  return { status: answer.status, text, json: isJson ? JSON.parse(text) : null }
}
const event = (id: string, over = {}) => ({
  id,
  type: 'incident.reported',
  at: Date.now(),
  source: 'cad',
  body: { ...definitions['incident.reported']!.example, incident: id },
  ...over,
})
const fix = (over = {}) => ({ unit: 'JH-12', at: Date.now(), lon: 100.8, lat: 22, ...over })

describe('a refused line', () => {
  it('of every door is kept, with its source, its line and the reason', async () => {
    const sent = await ask('/ingest/events?backfill=1', [
      event('a'),
      event('b', { at: 'x' }),
      '{bad',
    ])
    expect(sent.json).toMatchObject({
      accepted: 1,
      refused: [{ line: 2 }, { line: 3 }],
      quarantined: 2,
    })
    expect((await ask('/ingest/tracks?source=gps', [fix({ lat: 91 })])).json).toMatchObject({
      quarantined: 1,
    })
    expect(
      (await ask('/ingest/alive?simulated=1', [{ source: 'cad', intervalMs: 1 }])).json,
    ).toMatchObject({
      quarantined: 1,
    })
    const { json } = await ask('/api/quarantine?from=1')
    expect(json).toMatchObject({ lines: 4, notKept: 0 })
    expect(json.kept).toMatchObject([
      { n: 1, door: 'events', source: 'cad', line: 2, id: 'b', field: 'at', isBackfill: true },
      { n: 2, door: 'events', source: null, line: 3, id: null, field: null, text: '{bad' },
      { n: 3, door: 'tracks', source: 'gps', line: 1, id: 'JH-12', field: 'lat' },
      { n: 4, door: 'alive', source: 'cad', line: 1, field: 'intervalMs', isSimulated: true },
    ])
    expect(json.reasons).toHaveLength(4)
  })

  it('of an array is kept as the text of its element', async () => {
    await app.request('/ingest/events', {
      method: 'POST',
      headers: { authorization: 'Bearer right', 'content-type': 'application/json' },
      body: JSON.stringify([event('a'), { at: 1, id: 'b' }]),
    })
    expect((await ask('/api/quarantine')).json.kept).toMatchObject([
      { line: 2, text: '{"at":1,"id":"b"}' },
    ])
  })

  it('is kept, if not its text, when it is nested too deep to be written out', async () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    const answer = await app.request('/ingest/events', {
      method: 'POST',
      headers: { authorization: 'Bearer right', 'content-type': 'application/json' },
      body: `[${JSON.stringify(event('a'))},${deep}]`,
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ accepted: 1, quarantined: 1 })
    const mend = `{"n":1,"line":{"id":${deep}}}`
    expect((await ask('/api/quarantine/resend', [mend])).json).toMatchObject({
      taken: 0,
      refused: [{ n: 1, reason: expect.stringContaining('not JSON') }],
    })
    expect((await ask('/api/quarantine')).json.kept).toMatchObject([
      { line: 2, text: expect.stringContaining('nested too deep') },
    ])
  })

  it('holds no number of a person, and neither does what is said of it', async () => {
    const phone = '13912345678'
    await ask('/ingest/events', [
      event(`cad-${phone}`),
      event('b', { source: phone }),
      event('c', { [phone]: 1 }),
      `{"id":"d", 报警人${phone}`,
      event('e', { body: { incident: 'e', unit: phone } }),
    ])
    await ask('/ingest/tracks', [fix({ unit: phone })])
    await ask('/ingest/alive', [{ source: phone }])
    const all = [await ask('/api/quarantine'), await ask('/api/quarantine/export')]
    expect(all[0]!.json.kept).toHaveLength(7)
    for (const { text } of all) expect(text).not.toContain('1391234')
    expect(JSON.stringify(core.sources.door())).not.toContain('1391234')
    expect((await ask(`/ingest/tracks?source=${phone}`, [fix()])).status).toBe(400)
  })

  it('is not kept when its sending was not: it is sent again as a whole', async () => {
    disk.fault = 'disk full'
    expect((await ask('/ingest/events', [event('a'), 'x'])).status).toBe(503)
    disk.fault = null
    expect((await ask('/api/quarantine')).json.kept).toEqual([])
  })
})

describe('what is kept', () => {
  it('is listed by source and door, page by page, and taken out as NDJSON', async () => {
    await ask(
      '/ingest/events',
      Array.from({ length: 700 }, (_, n) => event(`e${n}`, { at: 'x' })),
    )
    await ask('/ingest/events', [event('g', { source: 'grid', at: 'x' })])
    expect((await ask('/api/quarantine?source=grid&limit=5')).json.kept).toMatchObject([{ n: 701 }])
    expect(
      (await ask('/api/quarantine?limit=2')).json.kept.map(({ n }: { n: number }) => n),
    ).toEqual([701, 700])
    const rows = (await ask('/api/quarantine/export')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 701 }, (_, n) => n + 1))
    expect(Object.keys(rows[0])).toEqual(['n', 'door', 'source', 'reason', 'line'])
    expect(JSON.parse(rows[0].line)).toMatchObject({ id: 'e0', at: 'x' })
    expect((await ask('/api/quarantine/export?door=tracks')).text).toBe('')
  })

  it('is sent again after a mend, through its own door and as it was sent', async () => {
    await ask('/ingest/events?backfill=1&simulated=1', [
      event('a', { at: 'x' }),
      event('b', { at: 'x' }),
    ])
    await ask('/ingest/tracks?source=gps&simulated=1', [fix({ lat: 91 })])
    await ask('/ingest/alive', [{ source: 'cad', intervalMs: 1 }])
    const { json } = await ask('/api/quarantine/resend', [
      { n: 1, line: event('a', { at: 5 }) },
      { n: 2, line: JSON.stringify(event('b')) },
      { n: 3, line: fix({ unit: 'JH-99' }) },
      { n: 4, line: { source: 'cad', intervalMs: 5000 } },
      { n: 9 },
    ])
    expect(json).toEqual({ taken: 4, refused: [], missing: [9], masked: [] })
    expect(disk.rows.map(({ id, flags }) => [id, flags])).toEqual([
      ['a', ['simulated', 'backfill']],
      ['b', ['simulated', 'backfill']],
    ])
    expect(core.lane.units.at(-1)).toMatchObject({ unit: 'JH-99', simulated: true })
    const { tallies } = core.sources.door()
    expect(tallies.find(({ source }) => source === 'gps')).toMatchObject({ fixes: 1 })
    expect(tallies.find(({ source }) => source === 'cad')).toMatchObject({
      declared: { intervalMs: 5000 },
    })
    expect((await ask('/api/quarantine')).json).toMatchObject({ lines: 0, resent: 4 })
  })

  it('is no word of its source, and nothing against it', async () => {
    await ask('/ingest/events', ['x', 'y'])
    await ask('/ingest/tracks?source=gps', ['x'])
    await ask('/ingest/alive', ['x'])
    const before = core.sources.door().tallies
    // so that a word would be seen
    await sleep(5)
    const old = { at: Date.now() - 3 * 86_400_000 }
    const { json } = await ask('/api/quarantine/resend', [
      { n: 1, line: event('a', { ...old, source: 'radio' }) },
      { n: 2, line: event('b', { at: 'x', source: 'radio' }) },
      { n: 3, line: fix() },
      { n: 4, line: { source: 'radio', intervalMs: 5000 } },
    ])
    expect(json).toMatchObject({ taken: 3, refused: [{ n: 2 }] })
    expect(disk.rows.map(({ flags }) => flags)).toEqual([['backfill']])
    const { tallies } = core.sources.door()
    const of = (source: string) => tallies.find((tally) => tally.source === source)
    expect(of('radio')).toMatchObject({ heardAt: null, refused: 0, declared: { intervalMs: 5000 } })
    const gps = before.find(({ source }) => source === 'gps')!
    expect(of('gps')).toMatchObject({ heardAt: gps.heardAt, refused: 1, fixes: 1 })
  })

  it('goes when it turns out to be known, and stays with the new reason when it is refused again', async () => {
    await ask('/ingest/events', [
      event('a', { at: 'x' }),
      event('b', { at: 'x' }),
      event('c', { at: 'x' }),
    ])
    const a = event('a')
    await ask('/ingest/events', [a])
    const { json } = await ask('/api/quarantine/resend', [
      { n: 1, line: a },
      { n: 2, line: event('b', { body: {} }) },
      { n: 3 },
    ])
    expect(json).toMatchObject({
      taken: 1,
      refused: [
        { n: 2, field: 'body.incident', reason: expect.stringContaining('as mended') },
        { n: 3, field: 'at', reason: expect.stringContaining('milliseconds') },
      ],
    })
    const { kept } = (await ask('/api/quarantine?from=1')).json
    expect(kept).toMatchObject([
      { n: 2, field: 'body.incident' },
      { n: 3, field: 'at' },
    ])
    expect(JSON.parse(kept[0].text)).toMatchObject({ at: 'x' })
  })

  it('says when it was taken with its numbers masked', async () => {
    const line = JSON.stringify(
      event('m', { body: { ...event('m').body, summary: '电话13912345678' } }),
    )
    // the two characters of the summary in the other Chinese encoding
    const gbk = Buffer.concat([
      Buffer.from(line.slice(0, line.indexOf('电话'))),
      Buffer.from([0xb5, 0xe7, 0xbb, 0xb0]),
      Buffer.from(line.slice(line.indexOf('电话') + 2)),
    ])
    await app.request('/ingest/events', {
      method: 'POST',
      headers: { authorization: 'Bearer right', 'content-type': 'application/x-ndjson' },
      body: gbk,
    })
    expect((await ask('/api/quarantine')).json.kept).toMatchObject([
      { n: 1, masked: true, reason: expect.stringContaining('UTF-8') },
    ])
    const { json } = await ask('/api/quarantine/resend', [{ n: 1 }])
    expect(json).toEqual({ taken: 1, refused: [], missing: [], masked: [1] })
    expect(disk.rows[0]?.body).toMatchObject({ summary: '电话[手机号]' })
  })

  it('is not sent again in part', async () => {
    await ask('/ingest/events', [`"${'x'.repeat(70_000)}"`])
    expect((await ask('/api/quarantine')).json.kept).toMatchObject([{ n: 1, cut: true }])
    const { json } = await ask('/api/quarantine/resend', [{ n: 1 }])
    expect(json.refused).toMatchObject([{ n: 1, reason: expect.stringContaining('too long') }])
  })

  it('is thrown away when asked', async () => {
    await ask('/ingest/events', ['x', 'y'])
    expect((await ask('/api/quarantine/discard', [{ n: 1 }, { n: 7 }])).json).toEqual({
      discarded: 1,
      missing: 1,
    })
    expect((await ask('/api/quarantine')).json).toMatchObject({ lines: 1, discarded: 1 })
  })

  it('waits while nothing can be recorded', async () => {
    await ask('/ingest/events', [event('a', { at: 'x' })])
    disk.fault = 'disk full'
    expect((await ask('/api/quarantine/resend', [{ n: 1, line: event('a') }])).status).toBe(503)
    disk.fault = null
    expect((await ask('/api/quarantine/resend', [{ n: 1, line: event('a') }])).json).toMatchObject({
      taken: 1,
    })
  })
})

it('is for who has the token', async () => {
  for (const path of ['/api/quarantine', '/api/quarantine/export'])
    expect(
      (await app.request(path, { headers: { host: 'x', authorization: 'Bearer wrong' } })).status,
    ).not.toBe(200)
  for (const path of ['/api/quarantine/resend', '/api/quarantine/discard'])
    expect((await ask(path, [{ n: 1 }], 'Bearer wrong')).status).not.toBe(200)
})

it.each([
  ['/api/quarantine?door=windows'],
  ['/api/quarantine?limit=0'],
  ['/api/quarantine?limit=10001'],
  ['/api/quarantine?from=x'],
  ['/api/quarantine?name=x'],
  ['/api/quarantine/export?limit=5'],
  ['/api/quarantine/resend', ['{bad']],
  ['/api/quarantine/resend', [{ n: 0 }]],
  ['/api/quarantine/resend', [{ n: 1, line: 7 }]],
  ['/api/quarantine/resend', [{ n: 1 }, { n: 1 }]],
  ['/api/quarantine/discard', [{ n: 1, line: 'x' }]],
])('refuses %s %j in a sentence', async (path, lines?: unknown[]) => {
  const { status, json } = await ask(path, lines)
  expect(status).toBe(400)
  expect(json.error).toMatch(/\w{3}/)
})
