import { expect, test } from 'vitest'
import { readQuery } from './page-query.ts'
import { withSaved } from './saved.ts'

const createStorage = (first: Record<string, string> = {}) => {
  const items = new Map(Object.entries(first))
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  }
}

test('what an address said of a screen holds until another says otherwise', () => {
  const storage = createStorage()
  withSaved(readQuery('?screen=hall&viewer=8000&pitch=1.8&seams=1920&rotate=on'), storage)
  const later = withSaved(readQuery('?screen=hall&viewer=6000'), storage)
  expect(later.viewing).toEqual({ viewerMm: 6000, pitchMm: 1.8 })
  expect([later.seams, later.rotate]).toEqual(['1920', 'on'])
  expect(withSaved(readQuery('?screen=hall'), storage).viewing.viewerMm).toBe(6000)
  expect(withSaved(readQuery('?screen=other'), storage).viewing).toEqual({})
})

test.each(['no json', 'null', '[]', '{"viewing":{"viewerMm":"8000","pitchMm":-1},"seams":7}'])(
  'a spoilt store says nothing: %s',
  (text) => {
    const { viewing, seams } = withSaved(readQuery(''), createStorage({ 'wanglou ': text }))
    expect([viewing, seams]).toEqual([{}, null])
  },
)

test('a browser that keeps nothing still shows a wall', () => {
  const refuse = () => {
    throw new Error('forbidden')
  }
  const { viewing } = withSaved(readQuery('?viewer=8000'), { getItem: refuse, setItem: refuse })
  expect(viewing).toEqual({ viewerMm: 8000 })
})
