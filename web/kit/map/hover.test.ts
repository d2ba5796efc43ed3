import { expect, it } from 'vitest'
import { createHover } from './hover.ts'

/** Time that goes only when it is told to; a picture comes every 16 ms. */
const createClock = () => {
  let now = 0
  let tasks: { at: number; run: () => void }[] = []
  const put = (delayMs: number, run: () => void) => {
    const task = { at: now + delayMs, run }
    tasks.push(task)
    return () => {
      tasks = tasks.filter((one) => one !== task)
    }
  }
  const spend = (ms: number) => {
    now += ms
  }
  return {
    clock: {
      now: () => now,
      after: put,
      nextFrame: (run: () => void) => put(16 - (now % 16), run),
    },
    spend,
    pass(ms: number) {
      const until = now + ms
      for (;;) {
        const next = tasks.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        tasks = tasks.filter((one) => one !== next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = Math.max(now, until)
    },
    left: () => tasks.length,
  }
}

const openHover = (lookMs: number) => {
  const time = createClock()
  const looked: number[] = []
  const told: (string | null)[] = []
  const hover = createHover(
    (x) => {
      looked.push(x)
      time.spend(lookMs)
      return x < 0 ? null : `at ${x}`
    },
    (found) => told.push(found),
    time.clock,
  )
  return { ...time, looked, told, hover }
}

it('looks once a picture, at the newest place', () => {
  const { hover, pass, looked, told } = openHover(0)
  for (let x = 0; x < 100; x++) {
    hover.move(x, 0)
    pass(1)
  }
  pass(16)
  expect(looked.length).toBeLessThanOrEqual(8)
  expect(told.at(-1)).toBe('at 99')
})

it('takes a quarter of the time where a look is dear, and still looks at the last place', () => {
  const { hover, pass, looked, clock } = openHover(60)
  const beganMs = clock.now()
  for (let x = 0; clock.now() - beganMs < 2000; x++) {
    hover.move(x, 0)
    pass(4)
  }
  const share = (looked.length * 60) / (clock.now() - beganMs)
  expect(share).toBeGreaterThan(0.15)
  expect(share).toBeLessThanOrEqual(0.26)
  hover.move(7777, 0)
  pass(400)
  expect(looked.at(-1)).toBe(7777)
})

it('marks nothing under a pointer that was left there, and does nothing at rest', () => {
  const { hover, pass, looked, told, left } = openHover(1)
  hover.move(5, 5)
  pass(100)
  expect(told).toEqual(['at 5'])
  pass(5000)
  expect(told).toEqual(['at 5', null])
  pass(60_000)
  expect([looked.length, left()]).toEqual([1, 0])
})

it('forgets a place that the pointer has left before it was looked at', () => {
  const { hover, pass, looked, told } = openHover(1)
  hover.move(5, 5)
  hover.leave()
  pass(1000)
  expect(looked).toEqual([])
  expect(told).toEqual([null])
})
