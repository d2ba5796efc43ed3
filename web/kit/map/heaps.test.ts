import { expect, test } from 'vitest'
import { heapsOf } from './heaps.ts'

const mark = (id: string, lon: number, lat = 0) => ({
  id,
  place: [lon, lat] as const,
  radiusPx: 10,
})
const told = (...args: Parameters<typeof heapsOf<ReturnType<typeof mark>>>) =>
  heapsOf(...args).map(({ head, rest }) => [head.id, ...rest.map(({ id }) => id)].join('+'))

test('what lies at one spot is one mark and a count; what stands apart is by itself', () => {
  const marks = [mark('grave', 0), mark('a', 0.05), mark('b', 0.05), mark('far', 1)]
  expect(told(marks, 100)).toEqual(['grave+a+b', 'far'])
})

test('nearer to it, they part', () => {
  const marks = [mark('a', 0), mark('b', 0.05)]
  expect(told(marks, 1000)).toEqual(['a', 'b'])
})

test('what must be seen is never only counted', () => {
  const marks = [mark('p1', 0), mark('also p1', 0), mark('small', 0)]
  expect(told(marks, 100, ({ id }) => id.includes('p1'))).toEqual(['p1+small', 'also p1'])
})

test('a degree of latitude is longer on the screen than one of longitude', () => {
  const marks = [mark('a', 0, 60), mark('b', 0, 60.15)]
  expect(told(marks, 100)).toEqual(['a', 'b'])
  expect(told([mark('a', 0, 60), mark('b', 0.15, 60)], 100)).toEqual(['a+b'])
})
