import { describe, expect, test } from 'vitest'
import {
  alarmPauseMs,
  choose,
  handPauseMs,
  isHeld,
  type Rotation,
  readPlan,
  startRotation,
  step,
  toggleRotation,
  turn,
} from './rotation.ts'

const plan = readPlan('overview:60,border:30,grid:20')!
/** The scenes that stand from second to second, while so many P1 are unacknowledged. */
const watch = (rotation: Rotation, fromS: number, toS: number, unacked = 0) => {
  const seen: string[] = []
  let now = rotation
  for (let s = fromS; s <= toS; s++) {
    now = turn(now, unacked, s * 1000)
    if (seen.at(-1) !== now.scene) seen.push(now.scene)
  }
  return { seen, rotation: now }
}
const started = (isOn = true) => startRotation('overview', plan, isOn, 0)

describe('by schedule', () => {
  test('each scene stands for its time, and the first follows the last', () => {
    expect(watch(started(), 0, 59).seen).toEqual(['overview'])
    expect(watch(started(), 0, 60).seen).toEqual(['overview', 'border'])
    expect(watch(started(), 0, 110).seen).toEqual(['overview', 'border', 'grid', 'overview'])
  })

  test('one that is off stays where it is', () => {
    expect(watch(started(false), 0, 1000).seen).toEqual(['overview'])
  })

  test('a scene that the plan does not have gives way to the first of the plan', () => {
    const elsewhere = startRotation('forces', plan, true, 0)
    expect(watch(elsewhere, 0, 1).seen).toEqual(['overview'])
  })

  test.each([
    ['overview:60,border:30', 2],
    ['overview', 1],
    ['nowhere:60,border:30', 1],
    ['border:1', null],
    ['border:x', null],
    ['', null],
    [null, null],
  ])('%s is a plan of %s', (text, stops) => {
    expect(readPlan(text)?.length ?? null).toBe(stops)
  })
})

describe('a person', () => {
  test('chooses a scene, and has two minutes to read it', () => {
    const chosen = choose(started(), 'grid', 10_000)
    expect(isHeld(chosen, 11_000)).toBe(true)
    const heldUntilS = (10_000 + handPauseMs) / 1000
    expect(watch(chosen, 11, heldUntilS - 1).seen).toEqual(['grid'])
    expect(watch(chosen, 11, heldUntilS).seen).toEqual(['grid', 'overview'])
  })

  test('steps round all scenes either way', () => {
    expect(step(started(), -1, 0).scene).toBe('sources')
    expect(step(step(started(), 1, 0), 1, 0).scene).toBe('grid')
  })

  test('puts it on, and it begins with a whole turn of what stands', () => {
    const on = toggleRotation(started(false), 500_000)
    expect(on.isOn).toBe(true)
    expect(watch(on, 501, 559).seen).toEqual(['overview'])
    expect(watch(on, 501, 560).seen).toEqual(['overview', 'border'])
    expect(toggleRotation(on, 600_000).isOn).toBe(false)
  })
})

describe('a P1', () => {
  const onGrid = () => watch(started(), 0, 95).rotation

  test('brings the overview at once, also where nothing rotates', () => {
    expect(onGrid().scene).toBe('grid')
    expect(turn(onGrid(), 1, 96_000).scene).toBe('overview')
    const still = turn(choose(started(false), 'grid', 0), 0, 4000)
    expect(turn(still, 1, 5000).scene).toBe('overview')
  })

  test('holds it as long as nobody has acknowledged it, and for a pause after that', () => {
    const alarmed = watch(onGrid(), 96, 4000, 1)
    expect(alarmed.seen).toEqual(['overview'])
    expect(isHeld(alarmed.rotation, 4_000_000)).toBe(true)
    const untilS = 4001 + alarmPauseMs / 1000
    expect(watch(alarmed.rotation, 4001, untilS - 1).seen).toEqual(['overview'])
    expect(watch(alarmed.rotation, 4001, untilS).seen).toEqual(['overview', 'border'])
  })

  test('that was open before the wall was does not take a scene away that somebody opened', () => {
    const opened = startRotation('grid', plan, false, 0)
    expect(turn(opened, 1, 1000).scene).toBe('grid')
    expect(turn(startRotation('grid', plan, true, 0), 1, 1000).scene).toBe('overview')
  })

  test('whose number is not known turns nothing, and is not taken for cleared', () => {
    const unknown = watch(onGrid(), 96, 4000).rotation
    expect(turn(onGrid(), null, 4_000_000).scene).toBe('grid')
    expect(isHeld(turn(turn(unknown, 1, 4_000_000), null, 4_001_000), 4_001_000)).toBe(true)
  })

  test('lets a person look elsewhere, but the next one brings the overview again', () => {
    const looking = choose(turn(onGrid(), 1, 96_000), 'border', 97_000)
    expect(turn(looking, 1, 98_000).scene).toBe('border')
    expect(turn(looking, 2, 98_000).scene).toBe('overview')
  })
})
