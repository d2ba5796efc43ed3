import { expect, it } from 'vitest'
import { z } from 'zod'
import { faultOf } from './refusal.ts'

const now = Date.UTC(2026, 10, 23)
const [card, phone] = ['532801199001010187', '13912345678']
const fieldOf = (name: string, under: string[] = []) =>
  faultOf(z.strictObject({}).safeParse({ [name]: 1 }).error!.issues[0]!, 'docs', now, under).field

it('names a field by its path, without a number in it', () => {
  expect(fieldOf('colour', ['body'])).toBe('body.colour')
  expect(fieldOf(`x${phone}`)).toBe('x[手机号]')
})

it('names no field at a length that its sender chooses', () => {
  const startedMs = performance.now()
  for (const sign of ['k', '1', '京A1']) expect(fieldOf(sign.repeat(2_000_000))!.length).toBe(128)
  // looked through to its end, each would take a second or more
  expect(performance.now() - startedMs).toBeLessThan(2000)
})

it.each([card, phone])('leaves no half of a number where it cuts', (number) => {
  for (let before = 100; before <= 140; before++) {
    const field = fieldOf(`${'k'.repeat(before)}${number}${'z'.repeat(100)}`)!
    expect(field).not.toMatch(/\d/)
    expect(field.length).toBeLessThanOrEqual(128)
  }
})
