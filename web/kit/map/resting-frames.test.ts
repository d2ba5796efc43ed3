import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { restingFrames } from './resting-frames.ts'

const screenFrameMs = 16

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  vi.stubGlobal('requestAnimationFrame', (callback: (time: number) => void) =>
    Number(setTimeout(() => callback(performance.now()), screenFrameMs)),
  )
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A loop as deck.gl runs it: every frame asks for the next. */
const loop = () => {
  const frames = restingFrames()
  let count = 0
  let last = 0
  const step = () => {
    count += 1
    last = frames.provider.requestAnimationFrame(step)
  }
  last = frames.provider.requestAnimationFrame(step)
  return { frames, count: () => count, stop: () => frames.provider.cancelAnimationFrame(last) }
}

test('at rest there are about two frames a second', () => {
  const { count } = loop()
  vi.advanceTimersByTime(10_000)
  expect(count()).toBeGreaterThan(10)
  expect(count()).toBeLessThan(25)
})

test('a wake brings the next frame at once and then the pace of the screen, for a while', () => {
  const { frames, count } = loop()
  vi.advanceTimersByTime(100)
  expect(count()).toBe(0)
  frames.wake()
  vi.advanceTimersByTime(17)
  expect(count()).toBe(1)
  vi.advanceTimersByTime(300)
  expect(count()).toBeGreaterThan(15)
  const woken = count()
  vi.advanceTimersByTime(5000)
  expect(count() - woken).toBeLessThan(20)
})

test('a cancelled frame never comes', () => {
  const { frames, count, stop } = loop()
  stop()
  frames.wake()
  vi.advanceTimersByTime(5000)
  expect(count()).toBe(0)
})
