import { expect, it } from 'vitest'
import { type Answer, createOrders, freshId, type Order, type Post } from './orders.ts'
import { createSimulatedTicker } from './simulated-ticker.ts'

const authority = { actor: { kind: 'operator', name: 'desk-2' }, key: 'k' } as const
const wanted = { type: 'alarm.acknowledge', body: { alarm: 'a1' } }
const silent: Answer = { status: 0, retryAfterMs: 0, field: null, seq: null }
const kept = (seq: number): Answer => ({ ...silent, status: 200, seq })
const refused = (status: number, field: string | null = null): Answer => ({
  ...silent,
  status,
  field,
})

/** A server that gives these answers, one after another, then nothing but the last. */
const setUp = (...answers: Answer[]) => {
  const { ticker, pass } = createSimulatedTicker()
  const posted: { order: Parameters<Post>[0]; key: string }[] = []
  let orders: readonly Order[] = []
  let seed = 0
  const { give, seen, clear } = createOrders({
    post: async (order, key) => {
      posted.push({ order, key })
      return answers[Math.min(posted.length, answers.length) - 1]!
    },
    ticker,
    random: () => {
      seed += 1
      return (seed * 0.37) % 1
    },
    onChange: (now) => {
      orders = now
    },
  })
  const settle = () => new Promise<void>((done) => setTimeout(done))
  return {
    posted,
    clear,
    seen,
    states: () => orders.map(({ state }) => state),
    orders: () => orders,
    give: async (of = wanted, by: Parameters<typeof give>[1] = authority) => {
      give(of, by)
      await settle()
    },
    passing: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 500) {
        pass(500)
        await settle()
      }
    },
  }
}

it('is pending until the screen shows what was journaled, not when it is answered', async () => {
  const { give, seen, states, posted } = setUp(kept(41))
  await give()
  expect(posted[0]).toEqual({
    order: { ...wanted, actor: authority.actor, id: posted[0]!.order.id },
    key: 'k',
  })
  expect(states()).toEqual(['kept'])
  seen(40)
  expect(states()).toEqual(['kept'])
  seen(41)
  expect(states()).toEqual([])
})

it('is over at once where the feed was faster than the answer', async () => {
  const { give, seen, states } = setUp(kept(41))
  seen(50)
  await give()
  expect(states()).toEqual([])
})

it('goes out once, however often it is pressed', async () => {
  const { give, posted } = setUp(kept(41))
  await give()
  await give()
  expect(posted).toHaveLength(1)
})

it('is sent again with the same id while nothing is kept, and not before it was asked to come', async () => {
  const { give, passing, posted, states } = setUp(
    silent,
    { ...refused(503), retryAfterMs: 4000 },
    kept(7),
  )
  await give()
  expect(states()).toEqual(['again'])
  await passing(1500)
  expect(posted).toHaveLength(2)
  await passing(3000)
  expect(posted).toHaveLength(2)
  await passing(2000)
  expect(posted).toHaveLength(3)
  expect(new Set(posted.map(({ order }) => order.id)).size).toBe(1)
  expect(states()).toEqual(['kept'])
})

it('is given up after half a minute, and by hand sent again with the same id', async () => {
  const { give, passing, posted, states } = setUp(silent)
  await give()
  await passing(60_000)
  expect(states()).toEqual(['unsent'])
  const before = posted.length
  expect(before).toBeGreaterThan(3)
  await give()
  expect(posted.length).toBe(before + 1)
  expect(new Set(posted.map(({ order }) => order.id)).size).toBe(1)
})

it('from another seat it is another command', async () => {
  const { give, passing, posted } = setUp(silent)
  await give()
  await passing(60_000)
  await give(wanted, { ...authority, actor: { kind: 'operator', name: 'desk-3' } })
  expect(new Set(posted.map(({ order }) => order.id)).size).toBe(2)
})

it.each([401, 403, 409, 422])('%i is not tried again, until somebody does', async (status) => {
  const { give, passing, posted, orders, clear } = setUp(refused(status, 'actor.name'), kept(9))
  await give()
  await passing(60_000)
  expect(posted).toHaveLength(1)
  expect(orders()).toMatchObject([{ state: 'refused', refused: { status, field: 'actor.name' } }])
  await give()
  expect(orders()).toMatchObject([{ state: 'kept' }])
  expect(posted[1]!.order.id).not.toBe(posted[0]!.order.id)
  clear()
  expect(orders()).toHaveLength(1)
})

it('of several each has its own answer', async () => {
  const { give, states, clear } = setUp(refused(409), kept(9))
  await give()
  await give({ type: 'alarm.silence', body: { alarm: 'none' } })
  expect(states()).toEqual(['refused', 'kept'])
  clear()
  expect(states()).toEqual(['kept'])
})

it('an id is what the door takes, and holds no number', () => {
  expect(freshId(Math.random)).toMatch(/^wall:[a-z]{20}$/)
})
