import { expect, it } from 'vitest'
import { fanOut } from './fan-out.ts'
import { startRig } from './rig.ts'
import { type Size, ways } from './ways.ts'

it('runs in its short form: every message came to every client of every way', async () => {
  const rows = await fanOut.run({ rounds: 1, isShort: true, tell() {} })
  expect(rows.map((row) => row.case)).toEqual(['10 clients, 200 B', '10 clients, 20 KB'])
  for (const { sides, target } of rows) {
    expect(sides.map(({ name }) => name)).toEqual(Object.keys(ways))
    for (const { rounds } of sides) expect(rounds[0]).toBeGreaterThan(0)
    expect(target).toBeNull()
  }
})

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
