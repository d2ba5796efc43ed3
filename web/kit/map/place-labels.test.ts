import { expect, test } from 'vitest'
import { placeLabels, type Wanted } from './place-labels.ts'

const room = { left: 0, top: 0, right: 200, bottom: 100 }
const label = (id: string, x: number, y: number, more: Partial<Wanted> = {}): Wanted => ({
  id,
  x,
  y,
  widthPx: 40,
  heightPx: 10,
  gapPx: 5,
  sides: ['right', 'left', 'above', 'below'],
  ...more,
})
const sidesOf = (...args: Parameters<typeof placeLabels>) =>
  Object.fromEntries(placeLabels(...args).map((one) => [one.label.id, one.offset]))

test('the first side is taken when it is free', () => {
  expect(sidesOf([label('a', 100, 50)], [], room)).toEqual({ a: [25, 0] })
})

test('a name turns to the side that lies inside the room', () => {
  expect(sidesOf([label('a', 190, 50)], [], room)).toEqual({ a: [-25, 0] })
})

test('the earlier name keeps its place, the later one gives way or goes', () => {
  const names = [label('first', 100, 50), label('second', 102, 50)]
  expect(sidesOf(names, [], room)).toEqual({ first: [25, 0], second: [-25, 0] })
  const stubborn = label('second', 102, 50, { sides: ['right'] })
  expect(sidesOf([names[0]!, stubborn], [], room)).toEqual({ first: [25, 0] })
})

test('obstacles are never covered', () => {
  const wall = { left: 104, right: 200, top: 0, bottom: 100 }
  expect(sidesOf([label('a', 100, 50, { sides: ['right', 'left'] })], [wall], room)).toEqual({
    a: [-25, 0],
  })
})

test('a line is crossed only when every free side crosses it, and then as little as possible', () => {
  const name = label('a', 100, 50, { sides: ['right', 'left'] })
  expect(sidesOf([name], [], room, { lines: [[120, 50]] })).toEqual({ a: [-25, 0] })
  const twice: [number, number][] = [
    [120, 50],
    [125, 50],
    [80, 50],
  ]
  expect(sidesOf([name], [], room, { lines: twice })).toEqual({ a: [-25, 0] })
})

test('of names with one id only the first that fits stands', () => {
  const names = [label('a', 500, 50), label('a', 100, 50), label('a', 100, 80)]
  expect(placeLabels(names, [], room).map((one) => [one.label.x, one.label.y])).toEqual([[100, 50]])
})

const mark = (x: number, y: number) => ({ left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 })

test('a name turns away from a mark, and stays where all sides have one', () => {
  const name = label('a', 100, 50, { sides: ['right', 'left'] })
  expect(sidesOf([name], [], room, { marks: [mark(120, 50)] })).toEqual({ a: [-25, 0] })
  const both = [mark(120, 50), mark(80, 50)]
  expect(sidesOf([name], [], room, { marks: both })).toEqual({ a: [25, 0] })
})

test('a name that stands moves for a mark and for nothing less', () => {
  const name = label('a', 100, 50, { sides: ['right', 'left'] })
  const before = new Map([['a', { ...name, side: 'left' as const }]])
  const lines: [number, number][] = [
    [80, 50],
    [82, 50],
  ]
  expect(sidesOf([name], [], room, { lines, before })).toEqual({ a: [-25, 0] })
  expect(sidesOf([name], [], room, { before, marks: [mark(80, 50)] })).toEqual({ a: [25, 0] })
})

test('a name of which a mark would hide more than a little is left out', () => {
  const name = label('a', 100, 50, { sides: ['right'] })
  const { left, right, top, bottom } = placeLabels([name], [], room)[0]!.box
  const over = (share: number) => [{ left, right: left + share * (right - left), top, bottom }]
  expect(sidesOf([name], [], room, { marks: over(0.05) })).toEqual({ a: [25, 0] })
  expect(sidesOf([name], [], room, { marks: over(0.1) })).toEqual({})
})

test('a place that a mark would hide is none, though all marks on another hide more together', () => {
  const name = label('a', 100, 50, { widthPx: 100, heightPx: 20, sides: ['right', 'left'] })
  const over = (leftPx: number, share: number) => ({
    ...{ left: leftPx, right: leftPx + 100 * share },
    ...{ top: 40, bottom: 60 },
  })
  const wide = { ...room, right: 300, left: -100 }
  const marks = [over(110, 0.07), over(0, 0.04), over(50, 0.03)]
  expect(sidesOf([name], [], wide, { marks })).toEqual({ a: [-55, 0] })
})

test('a name does not go back for nothing, but does to say more, and never stays under a mark', () => {
  const [near, far, short] = [
    label('a', 100, 50, { sides: ['right'] }),
    label('a', 100, 50, { sides: ['right'], gapPx: 30 }),
    label('a', 100, 50, { sides: ['right'], widthPx: 20 }),
  ]
  const placed = (one: Wanted, marks: ReturnType<typeof mark>[] = []) =>
    placeLabels([near, far, short], [], room, {
      marks,
      before: new Map([['a', { ...one, side: 'right' as const }]]),
    })[0]!.label
  expect(placed(far)).toBe(far)
  expect(placed(short)).toBe(near)
  expect(placed(near, [mark(107, 50)])).toBe(far)
})
