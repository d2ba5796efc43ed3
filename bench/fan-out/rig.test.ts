import { expect, it } from 'vitest'
import { startRig } from './rig.ts'
import { bytesOf, type Size, ways } from './ways.ts'

const script = new URL('./serve.ts', import.meta.url)
const dialects = { ours: ways.ours!.dialect, 'Socket.IO': ways['Socket.IO']!.dialect }
const burst = { of: '200 B', messages: 3, everyMs: 30 } as const

it('calls a burst void when messages have not come as they were told', async () => {
  const rig = await startRig<Size>(script, { ours: ways.ours!.dialect }, bytesOf)
  try {
    await rig.open(2)
    // faster than the hub tells: it gathers them, so fewer come
    const tooFast = { ...burst, messages: 40, everyMs: 1 }
    await expect(rig.burst('ours', tooFast, 500)).rejects.toThrow('void')
    expect([rig.takeVoids('ours'), rig.takeVoids('ours')]).toEqual([4, 0])
    await expect(rig.burst('ours', burst)).resolves.toBeGreaterThan(0)
  } finally {
    rig.end()
  }
})

it('measures no side that sends other bytes than it should', async () => {
  const rig = await startRig<Size>(script, dialects, (name, of) =>
    name === 'ours' ? bytesOf(name, of) + 1 : bytesOf(name, of),
  )
  try {
    await rig.open(1)
    await expect(rig.burst('ours', burst)).rejects.toThrow('bytes a message')
    await expect(rig.burst('Socket.IO', burst)).resolves.toBeGreaterThan(0)
  } finally {
    rig.end()
  }
})

it.each([
  ['200 B', 190, 210],
  ['20 KB', 20_000, 20_480],
] as const)('a message of %s is as long as its name says', (size, least, most) => {
  expect(bytesOf('ours', size)).toBeGreaterThanOrEqual(least)
  expect(bytesOf('ours', size)).toBeLessThanOrEqual(most)
})
