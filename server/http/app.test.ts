import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { JournalRow } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import { definitions, topics } from '#topics/index.ts'
import { genesis, partsOf, verifyChain } from '../journal/chain.ts'
import { type OpenApp, openApp, token } from '../open-app.fixture.ts'
import { realWorld } from '../real-world.ts'

let app: OpenApp['app']
let disk: OpenApp['disk']
let core: OpenApp['core']

beforeEach(async () => {
  ;({ app, disk, core } = await openApp({ clock: { ...realWorld.clock, now: () => sceneNow } }))
  return () => core.close()
})

const ask = (path: string, init: RequestInit = {}, host = 'localhost:8080') =>
  app.request(path, { ...init, headers: { host, ...(init.headers as Record<string, string>) } })
const post = (body: BodyInit, contentType = 'application/x-ndjson', query = '', headers = {}) =>
  ask(`/ingest/events${query}`, {
    method: 'POST',
    body,
    headers: { authorization: token, 'content-type': contentType, ...headers },
  })
const event = (id: string, over = {}) => ({
  id,
  type: 'incident.reported',
  at: Date.now(),
  source: 't',
  body: { ...definitions['incident.reported']!.example, incident: id },
  ...over,
})
const ndjson = (...values: unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')

describe('POST /ingest/events', () => {
  it('answers once it is durable, line by line, in either form', async () => {
    const first = event('a')
    const answer = await post(
      ndjson(first, { ...event('b'), at: 'x' }, first, { ...first, source: 'u' }),
    )
    expect(answer.status).toBe(200)
    const refused = [
      { line: 2, id: 'b', field: 'at', reason: expect.stringContaining('milliseconds') },
      { line: 4, id: 'a', field: 'id', reason: expect.stringContaining('id-conflict') },
    ]
    expect(await answer.json()).toEqual({ accepted: 1, duplicate: 1, refused, quarantined: 2 })
    expect(disk.rows.map(({ id }) => id)).toEqual(['a'])
    const array = await post(JSON.stringify([event('c'), 7]), 'application/json; charset=utf-8')
    expect(await array.json()).toMatchObject({ accepted: 1, refused: [{ line: 2, id: null }] })
  })

  it('answers 200 when every line is refused, and when there is none', async () => {
    expect(await (await post('x\ny\n')).json()).toMatchObject({
      accepted: 0,
      refused: [{ line: 1 }, { line: 2 }],
    })
    expect(await (await post('')).json()).toEqual({
      accepted: 0,
      duplicate: 0,
      refused: [],
      quarantined: 0,
    })
  })

  it('takes the flags from the query', async () => {
    await post(ndjson(event('a', { at: 5 })), undefined, '?backfill=1&simulated=1')
    expect(disk.rows[0]?.flags).toEqual(['simulated', 'backfill'])
  })

  it.each([
    ['no token', 401, () => post(ndjson(event('a')), undefined, '', { authorization: '' })],
    [
      'a wrong token',
      401,
      () => post(ndjson(event('a')), undefined, '', { authorization: 'Bearer x' }),
    ],
    ['another form', 415, () => post(ndjson(event('a')), 'text/plain')],
    [
      'a form a page can send from anywhere',
      415,
      () => post('a=1', 'application/x-www-form-urlencoded'),
    ],
    [
      'a compressed body',
      415,
      () => post(ndjson(event('a')), undefined, '', { 'content-encoding': 'gzip' }),
    ],
    ['too many bytes', 413, () => post('x'.repeat(8 * 1024 * 1024 + 1))],
    ['a line too many', 413, () => post('1\n'.repeat(10_001))],
    ['many lines too many', 413, () => post('1\n'.repeat(20_000))],
    ['too many elements', 413, () => post(`[${'1,'.repeat(20_000)}1]`, 'application/json')],
    ['a type of the prototype', 415, () => post(ndjson(event('a')), 'constructor')],
    [
      'a switch that would be taken for off',
      400,
      () => post(ndjson(event('a')), undefined, '?simulated=true'),
    ],
    ['a switch of nobody', 400, () => post(ndjson(event('a')), undefined, '?simulate=1')],
    ['half an array', 400, () => post('[1,', 'application/json')],
  ])('refuses %s with %i, in a sentence', async (_, status, send) => {
    const answer = await send()
    expect(answer.status).toBe(status)
    expect((await answer.json()).error).toMatch(/\w{3}/)
    expect(disk.rows).toEqual([])
  })

  it('counts a sender that goes away in the middle as no failure of its own', async () => {
    const body = new ReadableStream({
      pull: (controller) =>
        controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
    })
    const sending = { method: 'POST', body, duplex: 'half' }
    const headers = { authorization: token, 'content-type': 'application/x-ndjson' }
    const answer = await ask('/ingest/alive', { ...sending, headers } as RequestInit)
    expect(answer.status).toBe(400)
    const metrics = await (await ask('/metrics')).text()
    expect(metrics).toContain('wanglou_failures_total{door="http"} 0')
  })

  it('tells senders to come back while the disk takes nothing', async () => {
    disk.fault = 'disk full'
    const answer = await post(ndjson(event('a')))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect((await ask('/healthz')).status).toBe(503)
    disk.fault = null
    expect(await (await post(ndjson(event('a')))).json()).toMatchObject({ accepted: 1 })
    expect((await ask('/healthz')).status).toBe(200)
  })

  it('counts no line of an array that is spread over many', async () => {
    const array = JSON.stringify(['a', 'b'].map((id) => event(id))).replaceAll(
      ',',
      `,${'\n'.repeat(1000)}`,
    )
    const answer = await post(array, 'application/json')
    expect([answer.status, await answer.json()]).toMatchObject([200, { accepted: 2 }])
  })

  it.each([
    ['lines', '1\n'.repeat(10_000), 'application/x-ndjson'],
    ['elements', `[${'1,'.repeat(9999)}1]`, 'application/json'],
  ])('tells senders to come back while too many %s are under way', async (_, body, type) => {
    const sent = Array.from({ length: 9 }, () => post(body, type))
    // of these alone, whoever has something else to say is not turned away
    const alive = await ask('/ingest/alive', {
      method: 'POST',
      body: JSON.stringify({ source: 't' }),
      headers: { authorization: token, 'content-type': 'application/x-ndjson' },
    })
    expect([alive.status, await alive.json()]).toMatchObject([200, { heard: 1 }])
    const answers = await Promise.all(sent)
    const statuses = answers.map(({ status }) => status)
    expect(statuses).toContain(200)
    expect(statuses).toContain(429)
    expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1')
  })

  it('tells senders of events to come back while too many wait for the disk', async () => {
    let free = () => {}
    const isFree = new Promise<void>((resolve) => {
      free = resolve
    })
    disk.write = (_, land) => isFree.then(land)
    const flood = (name: string) => Array.from({ length: 7000 }, (_, n) => event(`${name}${n}`))
    const sent = ['a', 'b', 'c'].map((name) => post(ndjson(...flood(name))))
    await vi.waitFor(() => expect(core.ingest.isBusy()).toBe(true), { timeout: 20_000 })
    const answer = await post(ndjson(event('d')))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1'])
    free()
    for (const each of sent) expect(await (await each).json()).toMatchObject({ accepted: 7000 })
    expect(await (await post(ndjson(event('d')))).json()).toMatchObject({ accepted: 1 })
  }, 30_000)
})

describe('what can be asked', () => {
  it('/healthz: state, epoch, seq, clients, and what is wrong', async () => {
    await post(ndjson(event('a')))
    const health = { epoch: disk.epoch, seq: 1, clients: 0 }
    const well = { ...health, status: 'ok', recording: true, faults: [] }
    expect(await (await ask('/healthz')).json()).toEqual(well)
    disk.fault = 'disk full'
    const faults = [{ id: 'journal', severity: 'error', since: expect.any(Number) }]
    const ill = { ...health, status: 'not recording', recording: false, faults }
    expect(await (await ask('/healthz')).json()).toEqual(ill)
  })

  it('/api/state: every figure of every topic, as of a time', async () => {
    await post(ndjson(event('a')))
    const { figures, seq, serverTime } = await (await ask(`/api/state?now=${sceneNow + 5}`)).json()
    expect([seq, serverTime]).toEqual([1, sceneNow + 5])
    const names = topics.flatMap(({ name, figures: own }) =>
      Object.keys(own).map((each) => `${name}.${each}`),
    )
    expect(Object.keys(figures)).toEqual(names)
    expect(figures['incidents.open']).toMatchObject({
      value: 1,
      provenance: { count: 1, sources: ['t'] },
    })
    expect((await ask('/api/state?now=x')).status).toBe(400)
  })

  it('/api/state?audience=: what the screens of that audience have, small counts withheld', async () => {
    // of the day on which the server runs: what is older than a day is in no figure of it
    const now = Date.now()
    const body = { measure: 'cases-solved', count: 3, division: '532801' }
    await post(ndjson(event('a'), event('f', { type: 'fraud.measured', at: now, body })))
    const figuresOf = async (audience: string) => {
      const answer = await ask(`/api/state?now=${now}&audience=${audience}`)
      return { status: answer.status, ...(await answer.json()) }
    }
    const solved = 'anti-fraud.casesSolvedToday'
    const wall = await figuresOf('wall')
    expect(wall).toEqual({
      status: 200,
      ...(await (await ask(`/api/state?now=${now}`)).json()),
    })
    expect(wall.figures[solved]).toMatchObject({ value: 3, base: 3, provenance: { count: 1 } })
    for (const audience of ['shared', 'visitor']) {
      const { figures, tracks } = await figuresOf(audience)
      expect(Object.keys(figures)).toEqual(Object.keys(wall.figures))
      expect(figures[solved]).toMatchObject({ value: null, under: 5, provenance: { count: null } })
      expect(figures[solved]).not.toHaveProperty('base')
      expect(figures['incidents.open'].value).toBe(1)
      expect(tracks).toEqual(audience === 'visitor' ? null : { units: 0 })
    }
    expect((await figuresOf('operator')).status).toBe(400)
  })

  it('/api/journal: rows from a seq, whose chain anybody can verify, with the token', async () => {
    await post(ndjson(...['a', 'b', 'c'].map((id) => event(id))))
    expect((await ask('/api/journal')).status).toBe(401)
    const read = async (query: string) => {
      const answer = await ask(`/api/journal${query}`, { headers: { authorization: token } })
      return { status: answer.status, text: await answer.text() }
    }
    const all = (await read('?from=1&limit=10')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as JournalRow)
    expect(verifyChain(all.map(partsOf), { seq: 0, hash: genesis }).seq).toBe(3)
    expect((await read('?from=2&limit=1')).text).toBe(`${JSON.stringify(all[1])}\n`)
    expect((await read('?from=9')).text).toBe('')
    await post(ndjson(...Array.from({ length: 1300 }, (_, n) => event(`m${n}`))))
    const seqs = (text: string) => text.match(/"seq":\d+/g)?.map((each) => Number(each.slice(6)))
    // more than is read at once
    expect(seqs((await read('?from=2&limit=1201')).text)).toEqual(
      Array.from({ length: 1201 }, (_, n) => n + 2),
    )
    expect(seqs((await read('?from=900&limit=10000')).text)?.at(-1)).toBe(1303)
    for (const bad of ['?from=0', '?limit=0', '?limit=10001', '?from=x'])
      expect((await read(bad)).status).toBe(400)
  })

  it('nothing to who calls the server by a foreign name', async () => {
    expect((await ask('/api/state', {}, 'evil.example:8080')).status).toBe(421)
    expect((await ask('/nothing')).status).toBe(404)
    const headers = { authorization: token }
    expect((await ask('/healthz', { headers }, 'evil.example:8080')).status).toBe(200)
    expect((await ask('/healthz', { headers }, '127.0.0.1110101200002')).status).toBe(421)
  })

  it('without a script from elsewhere, and in no frame', async () => {
    const policy = (await ask('/healthz')).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })
})
