import { expect, test } from 'vitest'
import { hiddenBy, layerNames } from './layers.ts'

test('every layer has its place, a new topic the last', () => {
  expect(layerNames(['zebras', 'anti-fraud', 'incidents'])).toEqual([
    'incidents',
    'units',
    'anti-fraud',
    'zebras',
  ])
})

test('an address may name the layers that it wants', () => {
  const names = ['incidents', 'units', 'patrols']
  expect(hiddenBy(null, names)).toEqual([])
  expect(hiddenBy(['units'], names)).toEqual(['incidents', 'patrols'])
  expect(hiddenBy([], names)).toEqual(names)
})
