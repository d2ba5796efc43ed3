import { expect, test } from 'vitest'
import type { Patrols, Stranger, Unit } from './patrol.ts'
import { unitKinds } from './unit-kinds.ts'

const day = Date.UTC(2026, 10, 22, 16)
const now = day + 3_600_000
const stranger = (of: Partial<Stranger>) => ({ day, isRostered: false, ...of }) as Stranger
const unit = (name: string, lostAt: number) =>
  ({
    unit: name,
    start: { at: 1000, id: name, callSign: name },
    endedAt: 0,
    fixLost: { fromMs: lostAt, toMs: 0 },
  }) as Unit

test('units of no fix and of no roster are told, the rest are not', () => {
  const state = {
    units: new Map([
      ['A', unit('A', 2000)],
      ['B', unit('B', 0)],
    ]),
    strangers: new Map([
      ['X', stranger({})],
      ['of yesterday', stranger({ day: day - 86_400_000 })],
      ['since rostered', stranger({ isRostered: true })],
    ]),
  } as unknown as Patrols
  expect(Array.from(unitKinds(state, now))).toEqual([
    ['X', 'unrostered'],
    ['A', 'noFix'],
  ])
})
