import { expect, it } from 'vitest'
import { readGalleryQuery } from './gallery-query.ts'

it('shows the sheet of quiet and flood in both languages when nothing is asked for', () => {
  const { shows, scenes, langs, isFrozen } = readGalleryQuery('')
  expect({ shows, scenes, langs, isFrozen }).toEqual({
    shows: 'sheet',
    scenes: ['quiet', 'flood'],
    langs: ['zh', 'en'],
    isFrozen: true,
  })
})

it('shows one wall or one panel of the scene and language that are named', () => {
  expect(readGalleryQuery('?wall=border&scene=flood&lang=en')).toMatchObject({
    shows: 'wall',
    wall: 'border',
    scenes: ['flood'],
    langs: ['en'],
  })
  expect(readGalleryQuery('?panel=incidents.queue&width=600&clock=running')).toMatchObject({
    shows: 'panel',
    panel: 'incidents.queue',
    scenes: ['busy'],
    widthPx: 600,
    isFrozen: false,
  })
})

it('knows no scene, language or width that there is not', () => {
  expect(readGalleryQuery('?panel=x&scene=storm&lang=fr&width=-1')).toMatchObject({
    scenes: ['busy'],
    langs: ['zh'],
    widthPx: null,
  })
})
