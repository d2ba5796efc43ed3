import { expect, it, vi } from 'vitest'
import { type Desk, sitAtDesk } from './desk.ts'

const startMs = Date.UTC(2026, 10, 22)
const raised = (seq: number, alarm: string, more: Record<string, unknown> = {}) => ({
  seq,
  id: `alarm.raised:${alarm}`,
  type: 'alarm.raised',
  at: startMs,
  seenAt: startMs,
  source: 'wanglou',
  flags: [],
  body: { alarm, priority: 1, ...more },
})

interface Given {
  id: string
  type: string
  actor: { kind: string; name: string }
  body: { alarm: string }
  atMs: number
}

/** A server with a journal of its own, and a desk that sits there for some simulated minutes. */
const sit = async (
  rows: readonly { seq: number }[],
  minutes: number,
  statuses: readonly number[] = [200],
) => {
  const given: Given[] = []
  const said: string[] = []
  const keys = new Set<string | null>()
  const ended = new AbortController()
  let now = startMs
  const ask = vi.fn(async (url: URL, init: RequestInit) => {
    if (url.pathname === '/healthz') return Response.json({ seq: 4 })
    keys.add(new Headers(init.headers).get('authorization'))
    if (url.pathname === '/api/journal') {
      const from = Number(url.searchParams.get('from'))
      const page = rows.filter(({ seq }) => seq >= from)
      return new Response(page.map((row) => `${JSON.stringify(row)}\n`).join(''))
    }
    given.push({ ...(JSON.parse(init.body as string) as Given), atMs: now - startMs })
    const status = statuses[Math.min(given.length, statuses.length) - 1]!
    if (status === 0) throw new TypeError('fetch failed')
    return new Response('{}', { status })
  })
  const desk = {
    seed: 7,
    url: 'http://127.0.0.1:1',
    token: 'of-the-desk',
    pace: {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms
        if (now - startMs > minutes * 60_000) ended.abort()
      },
    },
    stop: ended.signal,
    log: (sentence: string) => said.push(sentence),
    fetch: ask,
  } as unknown as Desk
  await sitAtDesk(desk)
  return { given, said, keys }
}

it('takes each alarm on once, by the same door and with the same key as anybody', async () => {
  const { given, said, keys } = await sit([raised(5, 'a1'), raised(6, 'a2')], 30)
  expect(given.map(({ body }) => body.alarm).sort()).toEqual(['a1', 'a2'])
  expect(new Set(given.map(({ id }) => id)).size).toBe(2)
  expect(given[0]).toMatchObject({
    type: 'alarm.acknowledge',
    actor: { kind: 'supervisor', name: 'duty-chief' },
  })
  expect([...keys]).toEqual(['Bearer of-the-desk'])
  expect(said).toEqual([])
})

it('takes its time, as a person does', async () => {
  const { given } = await sit([raised(5, 'a1')], 30)
  expect(given[0]!.atMs).toBeGreaterThanOrEqual(8000)
})

it('leaves what happened before it sat down, and what stands under another', async () => {
  const { given } = await sit([raised(3, 'old'), raised(5, 'under', { parent: 'a1' })], 30)
  expect(given).toEqual([])
})

it.each([429, 503, 0])('what got %i comes again with the same id', async (status) => {
  const { given, said } = await sit([raised(5, 'a1')], 30, [status, status, 200])
  expect(given).toHaveLength(3)
  expect(new Set(given.map(({ id }) => id)).size).toBe(1)
  expect(said).toEqual([])
})

it('what somebody else did meanwhile is done; any other answer is said once', async () => {
  expect(await sit([raised(5, 'a1')], 30, [409])).toMatchObject({ said: [] })
  const { given, said } = await sit([raised(5, 'a1')], 30, [422])
  expect(given).toHaveLength(1)
  expect(said).toEqual(['the desk was answered 422, UNEXPECTED'])
})
