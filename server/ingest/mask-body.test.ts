import { expect, it } from 'vitest'
import { definitions } from '#topics/index.ts'
import { scenes } from '#topics/scenes.ts'
import { createBodyMask } from './mask-body.ts'

const maskBody = createBodyMask(definitions)

it('alters nothing and refuses nothing in any example or scene: what is written there is what a wall needs', () => {
  const events = [
    ...Object.entries(definitions).map(([type, { example }]) => ({ type, body: example })),
    ...Object.values(scenes).flatMap((named) => Object.values(named).flat()),
  ].filter(({ type }) => type in definitions)
  expect(events.length).toBeGreaterThan(100)
  for (const { type, body } of events) {
    const { v: _, ...rest } = body
    const result = maskBody(type, structuredClone(rest), Date.UTC(2026, 10, 22), () => false)
    expect(result).toEqual({ body: rest, masked: [], fault: null })
  }
})
