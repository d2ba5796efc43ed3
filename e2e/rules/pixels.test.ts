import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { differentPixels, groundOf, saturatedShare } from './pixels.ts'
import { readPng } from './read-png.ts'

const chunk = (kind: string, body: Buffer): Buffer => {
  const framed = Buffer.alloc(body.length + 12)
  framed.writeUInt32BE(body.length, 0)
  framed.write(kind, 4, 'latin1')
  body.copy(framed, 8)
  return framed
}
/** Rows as they stand in the file: a filter, then its bytes. */
const pngOf = (widthPx: number, rows: number[][]): Buffer => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(widthPx, 0)
  head.writeUInt32BE(rows.length, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const content = deflateSync(Buffer.from(rows.flat()))
  return Buffer.concat([Buffer.alloc(8), chunk('IHDR', head), chunk('IDAT', content)])
}

it('undoes each of the five filters', () => {
  const { rgb } = readPng(
    pngOf(2, [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 10, 20, 30, 30, 30, 30],
      [2, 1, 1, 1, 1, 1, 1],
      [3, 5, 5, 5, 5, 5, 5],
      [4, 1, 1, 1, 1, 1, 1],
    ]),
  )
  expect(Array.from(rgb)).toEqual([
    ...[10, 20, 30, 40, 50, 60],
    ...[10, 20, 30, 40, 50, 60],
    ...[11, 21, 31, 41, 51, 61],
    ...[10, 15, 20, 30, 38, 45],
    ...[11, 16, 21, 31, 39, 46],
  ])
})

it('counts what is saturated, what differs and what most of a box is', () => {
  const grey = readPng(pngOf(2, [[0, 90, 90, 90, 90, 90, 90]]))
  const red = readPng(pngOf(2, [[0, 90, 90, 90, 255, 77, 77]]))
  expect([saturatedShare(grey), saturatedShare(red)]).toEqual([0, 0.5])
  expect([differentPixels(grey, grey), differentPixels(grey, red)]).toEqual([0, 1])
  expect(groundOf(red, { left: 1, top: 0, width: 1, height: 1 })).toEqual([255, 77, 77])
  expect(groundOf(red, { left: 5, top: 0, width: 1, height: 1 })).toBeNull()
})
