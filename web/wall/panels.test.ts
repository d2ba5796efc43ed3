import { expect, test } from 'vitest'
import { placePanels } from './panels.ts'

const component = {}
const places = {
  compact: { alarm: ['a.alarm'], right: ['a'], left: ['b.two', 'gone'] },
  wide: { alarm: ['a.alarm'], right: ['a'], left: ['b.two', 'b.one'] },
  portrait: {},
}
const found = Object.fromEntries(
  ['a/a', 'a/a.alarm', 'b/b.one', 'b/b.two', 'c/c'].map((file) => [
    `../../topics/${file}.panel.vue`,
    component,
  ]),
)

test('panels stand where the format says, and what no format knows is last', () => {
  const { alarm, right, left, band } = placePanels(found, 'wide', places)
  expect(alarm.map(({ name }) => name)).toEqual(['a.alarm'])
  expect(right).toEqual([{ name: 'a', topic: 'a', component }])
  expect(left.map(({ topic, name }) => `${topic}/${name}`)).toEqual(['b/b.two', 'b/b.one', 'c/c'])
  expect(band).toEqual([])
})

test('a format may leave out what another one shows', () => {
  expect(placePanels(found, 'compact', places).left.map(({ name }) => name)).toEqual(['b.two', 'c'])
  expect(placePanels(found, 'portrait', places).band.map(({ name }) => name)).toEqual(['c'])
})
