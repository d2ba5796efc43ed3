import { expect, it } from 'vitest'
import { upcastBody } from '#protocol/definition.ts'
import { sceneNow } from '#protocol/scene.ts'
import { templateEvents } from './template.events.ts'
import { templateScenes } from './template.scenes.ts'
import { template } from './template.ts'

const totalOf = (scene: keyof typeof templateScenes): number | null => {
  const state = template.initial()
  for (const event of templateScenes[scene]) template.evolve(state, event)
  return template.figures.total!(state, sceneNow).value
}

it('adds up the last count of every place, and knows no data from 0', () => {
  expect(totalOf('empty')).toBeNull()
  expect(totalOf('quiet')).toBe(3)
  expect(totalOf('busy')).toBe(0 + 1 + 2 + 3 + 4)
})

it('reads what its first version wrote', () => {
  const stored = { v: 1, place: 'A-1', n: 7 }
  expect(upcastBody(templateEvents['thing.counted'], stored)).toEqual({
    place: 'A-1',
    count: 7,
    remark: '',
  })
})
