import { expect, it } from 'vitest'
import { townships } from '#topics/grid-cells/built-in-cells.ts'
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
  const within = (county: string, count: number) =>
    townships.filter((code) => code.startsWith(county)).slice(0, count)
  const large = within('532801', 12)
  const codes = [...large, ...within('532823', 10)].flatMap((township) =>
    Array.from({ length: 1000 }, (_, n) => `${township}-${String(n).padStart(3, '0')}`),
  )
  const { lists, count } = cellsListed(fileOf(...codes))
  expect(count).toBe(22_000)
  // what stood is taken off first, also in a county that has no cell any more
  expect(lists.map(({ division, townships }) => [division, townships.length])).toEqual([
    ['5328', 0],
    ['532801', 0],
    ...large.map((township) => [township, 1]),
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
