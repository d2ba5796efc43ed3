import { expect, test } from 'vitest'
import { type KnownHeight, neededHeight } from './needed-height.ts'

const follow = (...looks: [heightPx: number, isSeen: boolean][]) => {
  let known: KnownHeight | undefined
  return looks.map(([heightPx, isSeen]) => {
    const now = neededHeight(known, heightPx, isSeen)
    known = now.known
    return now.neededPx
  })
}

test('a panel needs the height that it has', () => {
  expect(follow([300, false], [300, true], [320, true])).toEqual([300, 300, 320])
})

test('one that seams made too high does not come back for being lower out of sight', () => {
  expect(follow([380, true], [300, false], [300, false], [310, false])).toEqual([
    380, 380, 380, 380,
  ])
})

test('one that has become lower is tried again', () => {
  expect(follow([380, true], [300, false], [260, false], [260, true])).toEqual([380, 380, 260, 260])
})
