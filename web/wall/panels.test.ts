import { expect, test } from 'vitest'
import { placePanels } from './panels.ts'

const component = {}
const places = { alarm: ['a.alarm'], right: ['a'], left: ['b.two', 'b.one', 'gone'] }

test('panels stand where the layout says, new ones last on the left', () => {
  const found = Object.fromEntries(
    ['a/a', 'a/a.alarm', 'b/b.one', 'b/b.two', 'c/c'].map((file) => [
      `../../topics/${file}.panel.vue`,
      component,
    ]),
  )
  const { alarm, right, left } = placePanels(found, places)
  expect(alarm.map(({ name }) => name)).toEqual(['a.alarm'])
  expect(right).toEqual([{ name: 'a', topic: 'a', component }])
  expect(left.map(({ topic, name }) => `${topic}/${name}`)).toEqual(['b/b.two', 'b/b.one', 'c/c'])
})
