import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findPanels, placePanels, unplacedPanels } from './panels.ts'
import { formats, type Scene, sceneNames } from './scenes/scene.ts'
import { scenes } from './scenes/scenes.ts'

const component = {}
const scene: Scene = {
  map: { fit: 'prefecture' },
  layers: null,
  places: {
    compact: { right: ['a'], left: ['b.two', 'gone'] },
    wide: { right: ['a'], left: ['b.two', 'b.one'] },
    vast: {},
    portrait: {},
  },
}
const panels = findPanels(
  Object.fromEntries(
    ['a/a', 'incidents/incidents.alarm', 'b/b.one', 'b/b.two', 'c/c'].map((file) => [
      `../../topics/${file}.panel.vue`,
      component,
    ]),
  ),
)

test('panels stand where the scene says, and what no scene knows is last', () => {
  const unplaced = unplacedPanels(panels, [scene])
  expect(unplaced.map(({ name }) => name)).toEqual(['c'])
  const { alarm, right, left, band } = placePanels(panels, scene, 'wide', unplaced)
  expect(alarm.map(({ name }) => name)).toEqual(['incidents.alarm'])
  expect(right).toEqual([{ name: 'a', topic: 'a', component, isList: false }])
  expect(left.map(({ topic, name }) => `${topic}/${name}`)).toEqual(['b/b.two', 'b/b.one', 'c/c'])
  expect(band).toEqual([])
})

test('a format may leave out what another one shows', () => {
  const namesOf = (some: readonly { name: string }[]) => some.map(({ name }) => name)
  expect(namesOf(placePanels(panels, scene, 'compact').left)).toEqual(['b.two'])
  expect(namesOf(placePanels(panels, scene, 'portrait').left)).toEqual([])
})

test('the kept place is the alarms’, where there is such a topic', () => {
  const more = findPanels({
    '../../topics/incidents/incidents.alarm.panel.vue': component,
    '../../topics/alarms/alarms.zone.panel.vue': component,
  })
  expect(placePanels(more, scene, 'compact').alarm.map(({ name }) => name)).toEqual(['alarms.zone'])
})

/** A panel that another topic brings later: a scene may keep a place for it. */
const expected = ['alarms.load', 'alarms.zone']

test('every panel that there is stands on some scene, and no scene names one that there is not', () => {
  const there = findPanels(
    Object.fromEntries(
      globSync('topics/[a-z]*/*.panel.vue').map((path) => [`/${path}`, component]),
    ),
  )
  expect(there.size).toBeGreaterThan(10)
  expect(unplacedPanels(there, Object.values(scenes)).map(({ name }) => name)).toEqual([])
  const named = Object.values(scenes).flatMap(({ places }) =>
    formats.flatMap((format) => Object.values(places[format]).flat()),
  )
  const missing = named.filter((name) => !there.has(name) && !expected.includes(name))
  expect(missing).toEqual([])
})

test('no scene shows a panel twice, and each has a list of what is open', () => {
  for (const name of sceneNames) {
    for (const format of formats) {
      const all = Object.values(scenes[name].places[format]).flat()
      expect([name, format, all.length]).toEqual([name, format, new Set(all).size])
      expect(all.some((panel) => ['incidents.queue', 'alarms.list'].includes(panel))).toBe(true)
    }
  }
})
