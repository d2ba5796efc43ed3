import { expect, it } from 'vitest'
import type { Fault } from '#protocol/feed.ts'
import { logFaults } from './fault-log.ts'
import { createSimulatedWorld } from './simulated-world.ts'
import { quiet } from './world.ts'

it('logs a fault once when it is raised and once when it is gone', async () => {
  const world = createSimulatedWorld(1, 1_800_000_000_000)
  const said: unknown[] = []
  const say = (sentence: string, fields = {}) => said.push([sentence, fields])
  let faults: Fault[] = []
  const stop = logFaults(world.clock, { ...quiet, info: say, warn: say, error: say }, () => faults)
  const fault: Fault = {
    id: 'disk',
    severity: 'warning',
    message: 'm',
    tip: 't',
    since: world.clock.now(),
  }
  await world.pass(3000)
  expect(said).toEqual([])
  faults = [fault]
  await world.pass(10_000)
  expect(said.splice(0)).toEqual([
    ['Fault raised', { id: 'disk', severity: 'warning', message: 'm' }],
  ])
  faults = [{ ...fault, message: 'worse' }]
  await world.pass(10_000)
  expect(said).toEqual([])
  faults = []
  await world.pass(10_000)
  expect(said.splice(0)).toEqual([['Fault cleared', { id: 'disk', lastedMs: 24_000 }]])
  stop()
})
