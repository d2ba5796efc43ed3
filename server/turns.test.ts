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

it('lets the loop go round though one who has done much asks again at once', async () => {
  const { turns, due } = setUp()
  let done = 0
  const all = (async () => {
    // each ends well within a slice
    for (let n = 0; n < 20; n++) await turns.each([n], () => done++)
  })()
  const doneByRound: number[] = []
  while (done < 20 && doneByRound.length < 100) {
    // all that can be done before the loop goes round
    for (let n = 0; n < 100; n++) await null
    doneByRound.push(done)
    due.shift()?.()
  }
  await all
  expect(doneByRound[0]).toBeGreaterThan(0)
  const inRounds = doneByRound.map((by, round) => by - (doneByRound[round - 1] ?? 0))
  expect(Math.max(...inRounds)).toBeLessThan(7)
})

it('does at once what comes when the loop has gone round', async () => {
  const { turns, due } = setUp()
  await turns.each(Array(3).keys(), () => {})
  while (due.length > 0) await goRound(due)
  const done: number[] = []
  void turns.each([1], (n) => done.push(n))
  expect(done).toEqual([1])
})
