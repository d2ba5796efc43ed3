import { expect, it } from 'vitest'
import type { Beat } from '#protocol/feed.ts'
import { createSimulatedWorld } from '../simulated-world.ts'
import { createScreens } from './screens.ts'

const start = Date.UTC(2026, 10, 22)
const drawing: Omit<Beat, 'kind'> = {
  page: '0000000a',
  screen: 'hall-1',
  drawnAgoMs: 200,
  isVisible: true,
  seq: 1,
  gap: 0,
  dup: 0,
  reorder: 0,
}
const setUp = () => {
  const world = createSimulatedWorld(1, start)
  const screens = createScreens(world.clock)
  /** beats every 5 s for so long */
  const beatFor = async (screen: object, durationMs: number, beat: Partial<Beat> = {}) => {
    for (let passed = 0; passed < durationMs; passed += 5000) {
      screens.beat(screen, { ...drawing, ...beat })
      await world.pass(5000)
    }
  }
  const ids = () => screens.faults().map(({ id }) => id)
  return { world, screens, beatFor, ids }
}

it('a page that beats no more is a fault within 30 s, since when it was noticed, until it beats again', async () => {
  const { world, screens, beatFor, ids } = setUp()
  const hall = {}
  await beatFor(hall, 20_000)
  expect(ids()).toEqual([])
  await world.pass(16_000)
  expect(screens.faults()).toMatchObject([
    { id: 'screen:hall-1', severity: 'error', since: start + 36_000 },
  ])
  await world.pass(10_000)
  expect(screens.faults()[0]!.since).toBe(start + 36_000)
  screens.beat(hall, drawing)
  expect(ids()).toEqual([])
})

it('a page that beats but does not draw is frozen all the same', async () => {
  const { world, screens, ids } = setUp()
  const hall = {}
  for (let drawnAgoMs = 0; drawnAgoMs <= 25_000; drawnAgoMs += 5000) {
    screens.beat(hall, { ...drawing, drawnAgoMs })
    await world.pass(5000)
  }
  expect(ids()).toEqual(['screen:hall-1'])
})

it('asks nothing of a page in the background, nor of one that has gone, nor of who never beat', async () => {
  const { world, screens, beatFor, ids } = setUp()
  const [hidden, gone] = [{}, {}]
  await beatFor(hidden, 5000, { isVisible: false, page: '0000000c' })
  screens.beat(gone, drawing)
  await world.pass(60_000)
  expect(ids()).toEqual(['screen:hall-1'])
  screens.left(gone, false)
  expect(ids()).toEqual([])
})

it('goes on telling of a named screen that went without a word, until it is back, by its page or by its name', async () => {
  const { world, screens, ids } = setUp()
  const [blocked, unplugged, lid] = [{}, {}, {}]
  screens.beat(blocked, drawing)
  screens.beat(unplugged, { ...drawing, page: '0000000b', screen: 'hall-2' })
  screens.beat(lid, { ...drawing, page: '0000000c', screen: '' })
  await world.pass(33_000)
  for (const screen of [blocked, unplugged, lid]) {
    screens.left(screen, true)
    screens.left(screen, false)
  }
  await world.pass(60_000)
  expect(ids()).toEqual(['screen:hall-1', 'screen:hall-2'])
  expect(screens.frozen().map(({ screen }) => screen)).toEqual(['hall-1', 'hall-2'])
  expect(screens.beating).toBe(0)
  screens.beat({}, drawing)
  expect(ids()).toEqual(['screen:hall-2'])
  screens.beat({}, { ...drawing, page: '0000000d', screen: 'hall-2' })
  expect(ids()).toEqual([])
})

it('has told enough of a screen that never comes back after an hour', async () => {
  const { world, screens, ids } = setUp()
  const hall = {}
  screens.beat(hall, drawing)
  screens.left(hall, true)
  await world.pass(3_590_000)
  expect(ids()).toEqual(['screen:hall-1'])
  await world.pass(20_000)
  expect(ids()).toEqual([])
})

it('is not filled up by a socket that beats for many pages, nor by screens that come and go without a word', async () => {
  const { world, screens, ids } = setUp()
  const liar = {}
  const pageOf = (n: number) => n.toString(16).padStart(8, '0')
  const taken = Array.from({ length: 500 }, (_, n) =>
    screens.beat(liar, { ...drawing, page: pageOf(n) }),
  )
  expect(taken.filter(Boolean)).toHaveLength(1)
  for (let n = 1000; n < 4000; n++) {
    const screen = {}
    screens.beat(screen, { ...drawing, page: pageOf(n), screen: `made-up-${n}` })
    screens.left(screen, true)
  }
  await world.pass(60_000)
  expect(ids()).toHaveLength(21)
  expect(screens.faults().at(-1)).toMatchObject({
    id: 'screen:more',
    message: '81 more screens have stopped drawing',
  })
})

it('tells unnamed screens apart', async () => {
  const { world, screens, ids } = setUp()
  screens.beat({}, { ...drawing, page: '00000001', screen: '' })
  screens.beat({}, { ...drawing, page: '00000002', screen: '' })
  await world.pass(60_000)
  expect(ids()).toEqual(['screen:#1', 'screen:#2'])
  // nobody expects them: a fault is told, and nobody is called
  expect(screens.frozen()).toEqual([])
})

it('adds up what the standing checkers of all pages find, over all sockets of each', () => {
  const { screens } = setUp()
  const [first, second] = [{}, {}]
  screens.beat(first, { ...drawing, gap: 1 })
  screens.left(first, false)
  screens.beat(second, { ...drawing, gap: 2, dup: 1 })
  screens.beat({}, { ...drawing, page: '0000000b', reorder: 4 })
  expect(screens.counted()).toEqual({ gap: 2, dup: 1, reorder: 4 })
})

it('is not filled up by pages that come and go, and loses no finding of theirs', () => {
  const { screens } = setUp()
  for (let n = 0; n < 12_000; n++) {
    const screen = {}
    screens.beat(screen, { ...drawing, page: n.toString(16).padStart(8, '0'), gap: 1 })
    screens.left(screen, false)
  }
  expect([screens.counted().gap, screens.beating]).toEqual([12_000, 0])
})
