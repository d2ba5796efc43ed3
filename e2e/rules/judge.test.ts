import { expect, it } from 'vitest'
import { arcMinutes, illPrinted, reflown, tooBright, tooFaint, tooSmall } from './judge.ts'
import type { SeenText, SeenWall } from './seen.ts'

const text = (over: Partial<SeenText>): SeenText => ({
  ...{ text: 'calls', fontPx: 40, colour: [230, 237, 243], opacity: 1, kind: 'word', place: 'p' },
  isChrome: true,
  box: { left: 0, top: 0, width: 2, height: 1 },
  ...over,
})
const wallOf = (...texts: SeenText[]): SeenWall => ({
  texts,
  panels: [],
  groups: [],
  alarmZone: { left: 0, top: 0, width: 0, height: 0 },
  sizePx: [3840, 1080],
  perCssPx: 1,
})
const dark = { widthPx: 2, heightPx: 1, rgb: new Uint8Array([11, 20, 32, 230, 237, 243]) }

it('measures by the table of wall-rules: 8 m and P1.8 want 21 px for 16′ and 26 px for 20′', () => {
  const viewing = { viewerMm: 8000, pitchMm: 1.8 }
  expect(arcMinutes({ text: 'A', fontPx: 20.7 / 0.7 }, viewing)).toBeCloseTo(16, 1)
  expect(arcMinutes({ text: '警', fontPx: 25.9 / 0.9 }, viewing)).toBeCloseTo(20, 1)
})

it('finds what is too small, more of Han and of values', () => {
  expect(tooSmall(wallOf(text({ fontPx: 30 })))).toEqual([])
  expect(tooSmall(wallOf(text({ fontPx: 29 })))).toHaveLength(1)
  expect(tooSmall(wallOf(text({ fontPx: 30, kind: 'value' })))).toHaveLength(1)
  expect(tooSmall(wallOf(text({ fontPx: 28, text: '警情' })))).toHaveLength(1)
})

it('finds what is too faint on what is under it, dimming taken in', () => {
  expect(tooFaint(wallOf(text({})), dark)).toEqual([])
  expect(tooFaint(wallOf(text({ opacity: 0.3 })), dark)).toHaveLength(1)
  expect(tooFaint(wallOf(text({ colour: [125, 135, 148] })), dark)).toEqual([])
  expect(tooFaint(wallOf(text({ colour: [125, 135, 148], kind: 'value' })), dark)).toHaveLength(1)
})

it('finds what is always there and bright', () => {
  const still = text({})
  expect(tooBright(wallOf(still), wallOf(still))).toHaveLength(1)
  expect(tooBright(wallOf(still), wallOf(text({ text: 'other' })))).toEqual([])
  const figure = text({ isChrome: false })
  expect(tooBright(wallOf(figure), wallOf(figure))).toEqual([])
})

it('finds a panel that moves or goes', () => {
  const panel = { name: 'a', freshness: 'live', box: { left: 0, top: 0, width: 9, height: 9 } }
  const one = { ...wallOf(), panels: [panel] }
  expect(reflown(one, one)).toEqual([])
  const moved = { ...one, panels: [{ ...panel, box: { ...panel.box, top: 2 } }] }
  expect([reflown(one, moved), reflown(one, wallOf())].map(({ length }) => length)).toEqual([1, 1])
})

it('knows how the wall prints numbers', () => {
  const value = (printed: string) => illPrinted(wallOf(text({ text: printed, kind: 'value' })))
  for (const good of [
    '0',
    '12',
    '2,418',
    '43.8 万',
    '438 k',
    '4.38 M',
    '9.4',
    '21.3',
    '84.5',
    '2.33',
    '—',
    '<5',
    '*',
    '<1',
  ])
    expect([good, value(good)]).toEqual([good, []])
  for (const bad of ['2418', '438,480', '43.84 万', '123.4', '12.345', 'NaN', '1,23'])
    expect(value(bad)).toHaveLength(1)
})
