import { expect, test } from 'vitest'
import { readQuery } from './page-query.ts'

test('an address that says nothing is a Chinese wall', () => {
  expect(readQuery('')).toEqual({
    lang: 'zh',
    audience: 'wall',
    screen: '',
    viewing: {},
    layers: null,
    rotate: null,
    dim: 'auto',
    seams: null,
    sound: false,
  })
})

test('an address says language, audience and where the wall hangs', () => {
  expect(
    readQuery(
      '?lang=en&audience=visitor&screen=hall-1%3C&viewer=8000&pitch=1.8&layers=incidents,units&rotate=on&dim=night&seams=1920&sound=on',
    ),
  ).toEqual({
    lang: 'en',
    audience: 'visitor',
    screen: 'hall-1',
    viewing: { viewerMm: 8000, pitchMm: 1.8 },
    layers: ['incidents', 'units'],
    rotate: 'on',
    dim: 'night',
    seams: '1920',
    sound: true,
  })
})

test.each(['?viewer=0', '?viewer=far', '?pitch=-1', '?pitch='])('%s is no measure', (search) => {
  expect(readQuery(search).viewing).toEqual({})
})

test('a wall of panels is another way to say seams', () => {
  expect(readQuery('?panels=4x2&bezel=20').seams).toBe('4x2:20')
  expect(readQuery('?panels=4x2').seams).toBe('4x2:0')
})
