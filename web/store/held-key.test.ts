import { expect, it } from 'vitest'
import { createHeldKey, forgetsAfterMs } from './held-key.ts'
import { createSimulatedTicker } from './simulated-ticker.ts'

const setUp = () => {
  const { ticker, pass } = createSimulatedTicker()
  const told: boolean[] = []
  const held = createHeldKey(ticker, (isHeld) => told.push(isHeld))
  return { ...held, pass, told }
}

it('is forgotten when nobody has been there for some minutes, and not before', () => {
  const { take, touch, read, pass, told } = setUp()
  expect(take(' of-the-day ')).toBe(true)
  pass(forgetsAfterMs - 1)
  touch()
  pass(forgetsAfterMs - 1)
  expect(read()).toBe('of-the-day')
  pass(1)
  expect(read()).toBeNull()
  expect(told).toEqual([true, false])
})

it('takes nothing that cannot be sent, and a touch brings nothing back', () => {
  const { take, touch, forget, read, pass } = setUp()
  expect(take('密钥')).toBe(false)
  expect(take('')).toBe(false)
  expect(read()).toBeNull()
  take('k')
  forget()
  touch()
  pass(forgetsAfterMs)
  expect(read()).toBeNull()
})
