import { expect, test, vi } from 'vitest'
import { oncePerFrame } from './frame.ts'
import { createSimulatedTicker } from './simulated-ticker.ts'

test('many calls before a picture are one', () => {
  const { ticker, draw, pass } = createSimulatedTicker()
  const task = vi.fn()
  const soon = oncePerFrame(task, ticker)
  for (let call = 0; call < 100; call++) soon()
  expect(task).toHaveBeenCalledTimes(0)
  draw()
  expect(task).toHaveBeenCalledTimes(1)
  pass(10_000)
  draw()
  expect(task).toHaveBeenCalledTimes(1)
  soon()
  draw()
  expect(task).toHaveBeenCalledTimes(2)
})

test('where no picture is drawn it happens within a second', () => {
  const { ticker, draw, pass } = createSimulatedTicker()
  const task = vi.fn()
  oncePerFrame(task, ticker)()
  pass(1000)
  expect(task).toHaveBeenCalledTimes(1)
  draw()
  expect(task).toHaveBeenCalledTimes(1)
})
