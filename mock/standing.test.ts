import { expect, test } from 'vitest'
import { openPretendWall, pretendPace } from './pretend-wall.ts'
import { askStanding } from './standing.ts'

const stop = new AbortController().signal
const row = (id: number, source: string, at: number) => ({
  ...{ id: `${id}`, type: 'x', source, at, body: {}, isLive: true },
})
const ask = (fetched: typeof fetch, token = 'token') => {
  const pace = pretendPace(0)
  return askStanding({ url: 'http://127.0.0.1', token, stop, pace, fetch: fetched })
}

test('an empty journal stands at 0', async () => {
  expect(await ask(openPretendWall().fetch)).toEqual({ seq: 0, newestAt: null })
})

test('the newest of its own counts, not of others, and not what is long past', async () => {
  const wall = openPretendWall()
  wall.rows.push(row(1, 'mock-110', 700), row(2, 'mock-units', 600), row(3, 'other', 900))
  expect(await ask(wall.fetch)).toEqual({ seq: 3, newestAt: 700 })
  for (let i = 4; i <= 1002; i++) wall.rows.push(row(i, 'other', 900))
  expect(await ask(wall.fetch)).toEqual({ seq: 1002, newestAt: null })
})

test('a server that is not up yet, or not recording, is waited for', async () => {
  const wall = openPretendWall()
  const before = [new TypeError('fetch failed'), new Response('{"seq":9}', { status: 503 })]
  const slow: typeof fetch = async (...args) => {
    const next = before.shift()
    if (next instanceof Error) throw next
    return next ?? wall.fetch(...args)
  }
  expect(await ask(slow)).toEqual({ seq: 0, newestAt: null })
  expect(before).toEqual([])
})

test('a wrong token is said at once', async () => {
  const wall = openPretendWall()
  wall.rows.push(row(1, 'mock-110', 700))
  await expect(ask(wall.fetch, 'other')).rejects.toThrow('answered 401')
})
