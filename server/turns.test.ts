import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'
import type { Clock } from './world.ts'

/** A clock that counts: each look at it costs a millisecond. */
const setUp = () => {
  const due: (() => void)[] = []
  let nowMs = 0
  const clock = {
    monotonic: () => nowMs++,
    after(_delayMs: number, task: () => void) {
      due.push(task)
      return () => {}
    },
  } as Partial<Clock> as Clock
  return { turns: createTurns(clock), due }
}
const goRound = async (due: (() => void)[]): Promise<void> => {
  await null
  due.shift()?.()
}

it('lets the loop go round in long work, and finishes who came first', async () => {
  const { turns, due } = setUp()
  const done: string[] = []
  const first = turns.each(Array(20).keys(), (n) => done.push(`a${n}`)).then(() => done.push('a'))
  const second = turns.each([0], () => done.push('b0')).then(() => done.push('b'))
  expect(done.length).toBeGreaterThan(0)
  expect(done.length).toBeLessThan(10)
  let rounds = 0
  for (; due.length > 0; rounds++) await goRound(due)
  await Promise.all([first, second])
  expect(rounds).toBeGreaterThan(1)
  expect(done).toEqual([...Array.from({ length: 20 }, (_, n) => `a${n}`), 'b0', 'a', 'b'])
})

it('asks for the first item only when the turn has come', async () => {
  const { turns, due } = setUp()
  const done: string[] = []
  const first = turns.each(Array(20).keys(), (n) => done.push(String(n)))
  const second = turns.each(
    (function* () {
      done.push('begun')
      yield 0
    })(),
    () => {},
  )
  while (due.length > 0) await goRound(due)
  await Promise.all([first, second])
  expect(done.at(-1)).toBe('begun')
})

it('goes on with the next after one that threw', async () => {
  const { turns } = setUp()
  const fails = turns.each([1, 2], () => {
    throw new Error('no')
  })
  const done: number[] = []
  await expect(fails).rejects.toThrow('no')
  await turns.each([3], (n) => done.push(n))
  expect(done).toEqual([3])
})
