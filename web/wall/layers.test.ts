import { expect, test } from 'vitest'
import { hiddenBy, layerNames, layersFor } from './layers.ts'

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

test('an audience has no layer of what it does not get', () => {
  const names = ['incidents', 'units', 'patrols', 'grid-cells', 'anti-fraud']
  const isServed = (name: string) => name === 'grid-cells' || name === 'anti-fraud'
  expect(layersFor('wall', names, () => false)).toEqual(names)
  expect(layersFor('shared', names, isServed)).toEqual(['incidents', 'units', 'patrols'])
  expect(layersFor('visitor', names, isServed)).toEqual(['patrols'])
})
