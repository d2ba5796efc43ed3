import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { audiences } from '#protocol/event.ts'
import { sceneNow } from '#protocol/scene.ts'
import { topics } from '#topics/index.ts'
import { scenes } from '#topics/scenes.ts'
import { useWall } from '#web/store/wall.ts'
import { openFixture } from './fixture-feed.ts'
import { sceneNames } from './told-scenes.ts'

/** A flood takes its time to be folded on a busy machine. */
const soon = { timeout: 20_000 }

const join = async (scene: (typeof sceneNames)[number], audience = 'wall') => {
  setActivePinia(createPinia())
  const wall = useWall()
  const world = openFixture({ topics, scenes, scene, isFrozen: true })
  // no page here: pictures are drawn at once
  const ticker = { ...world.ticker, nextFrame: (task: () => void) => world.ticker.after(0, task) }
  const stop = wall.start({ ...world, ticker, topics, audience })
  await expect.poll(() => wall.link?.state, soon).toBe('live')
  return { wall, stop }
}

it.each(sceneNames)('tells %s to every audience, at the time of the scene', async (scene) => {
  for (const audience of audiences) {
    const { wall, stop } = await join(scene, audience)
    expect(wall.frame.nowMs).toBe(sceneNow)
    expect(wall.faults.filter(({ id }) => id.startsWith('fold:'))).toEqual([])
    const open = wall.figureOf('incidents', 'open').value
    expect(open === null).toBe(scene === 'empty')
    stop()
  }
})

it('shows a visitor no position and withholds small counts', async () => {
  const { wall, stop } = await join('quiet', 'visitor')
  expect(wall.tracks.units).toBe(0)
  const served = topics.filter(({ name }) => wall.isServed(name))
  const withheld = served.flatMap(({ name, figures }) =>
    Object.keys(figures).filter((figure) => wall.figureOf(name, figure).under !== undefined),
  )
  expect(withheld.length).toBeGreaterThan(0)
  stop()
})

it('says of all that it tells that it is made up', async () => {
  const { wall, stop } = await join('busy')
  const shown = wall.topics.flatMap(({ name, figures }) =>
    Object.keys(figures).map((figure) => wall.figureOf(name, figure).provenance),
  )
  const told = shown.filter(({ count }) => count !== null && count > 0)
  expect(told.length).toBeGreaterThan(20)
  expect(told.filter(({ simulated }) => !simulated)).toEqual([])
  stop()
})

it('has units on the track lane', async () => {
  const { wall, stop } = await join('busy')
  await expect.poll(() => wall.tracks.units, soon).toBe(412)
  expect(wall.tracks.simulated).toBe(true)
  stop()
})

it('keeps what a topic makes up of the events of others to itself', async () => {
  const { wall, stop } = await join('quiet')
  const heard = [...wall.topicOf('anti-fraud').heard(wall.stateOf('anti-fraud')).keys()]
  expect(heard).toEqual(['anti-fraud'])
  stop()
})
