import { expect, it } from 'vitest'
import { gridCellEvents } from '#topics/grid-cells/grid-cells.events.ts'
import { cellsListed } from './cells-listed.ts'

const fileOf = (...codes: string[]) => ({ cells: codes.map((code) => ({ code, parts: [] })) })

it('a wall’s own cells are one list of the prefecture, as the door takes it', () => {
  const { lists, count } = cellsListed(fileOf('532801001-017', '532823105-001', '532801001-002'))
  expect(count).toBe(3)
  expect(lists).toEqual([
    {
      division: '5328',
      townships: [
        { township: '532801001', cells: ['017', '002'] },
        { township: '532823105', cells: ['001'] },
      ],
    },
  ])
  gridCellEvents['cell.listed'].body.parse(lists[0])
})

it('a list too long for a line is one of each county, and of each township where that is too long too', () => {
  const many = (county: string, townships: number) =>
    Array.from(
      { length: townships * 1000 },
      (_, n) =>
        `${county}${String(100 + Math.floor(n / 1000))}-${String(n % 1000).padStart(3, '0')}`,
    )
  const codes = [...many('532801', 12), ...many('532823', 10)]
  const { lists, count } = cellsListed(fileOf(...codes))
  expect(count).toBe(22_000)
  // what stood is taken off first, also in a county that has no cell any more
  expect(lists.map(({ division, townships }) => [division, townships.length])).toEqual([
    ['5328', 0],
    ['532801', 0],
    ...Array.from({ length: 12 }, (_, n) => [`532801${100 + n}`, 1]),
    ['532823', 10],
  ])
  for (const list of lists) {
    gridCellEvents['cell.listed'].body.parse(list)
    expect(JSON.stringify(list).length).toBeLessThan(64 * 1024)
  }
  const listed = lists.flatMap(({ townships }) =>
    townships.flatMap(({ township, cells }) => cells.map((cell) => `${township}-${cell}`)),
  )
  expect(listed.toSorted()).toEqual(codes)
})

it('what is no cell of theirs is not listed, and why is said', () => {
  expect(() => cellsListed({ synthetic: true, townships: [] })).toThrow(/WANGLOU_MAP/)
  expect(() => cellsListed(fileOf('532801001-017', 'north'))).toThrow(/Feature 2 .* "north"/)
})
