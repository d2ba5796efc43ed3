import { expect, it } from 'vitest'
import { startRig } from './rig.ts'
import { type Size, ways } from './ways.ts'

it('calls a burst void when messages have not come as they were told', async () => {
  const script = new URL('./serve.ts', import.meta.url)
  const rig = await startRig<Size>(script, { ours: ways.ours!.dialect })
  await rig.open(2)
  // faster than the hub tells: it gathers them, so fewer come
  const tooFast = { of: '200 B', messages: 40, everyMs: 1 } as const
  await expect(rig.burst('ours', tooFast, 500)).rejects.toThrow('void')
  await expect(
    rig.burst('ours', { ...tooFast, messages: 3, everyMs: 30 }),
  ).resolves.toBeGreaterThan(0)
  rig.end()
})
