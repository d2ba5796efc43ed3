import { expect, it } from 'vitest'
import { gridCellEvents } from '#topics/grid-cells/grid-cells.events.ts'
import { cellsListed } from './cells-listed.ts'

const fileOf = (...codes: string[]) => ({ cells: codes.map((code) => ({ code, parts: [] })) })

it('a wall’s own cells are one list of the prefecture, as the door takes it', () => {
  const { body, count } = cellsListed(fileOf('532801001-017', '532823105-001', '532801001-002'))
  expect(count).toBe(3)
  expect(body).toEqual({
    division: '5328',
    townships: [
      { township: '532801001', cells: ['017', '002'] },
      { township: '532823105', cells: ['001'] },
    ],
  })
  gridCellEvents['cell.listed'].body.parse(body)
})

it('what is no cell of theirs is not listed, and why is said', () => {
  expect(() => cellsListed({ synthetic: true, townships: [] })).toThrow(/WANGLOU_MAP/)
  expect(() => cellsListed(fileOf('532801001-017', 'north'))).toThrow(/Feature 2 .* "north"/)
})
