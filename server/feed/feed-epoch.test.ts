import { expect, test } from 'vitest'
import { createFeedEpoch } from './feed-epoch.ts'

const before = createFeedEpoch('e', 0, 1000)
const now = createFeedEpoch('e', 40, 2000)

test('what this run has told is shared, whatever its number', () => {
  expect(now.isShared(now.own, 70)).toBe(true)
  expect(now.isShared('e', 70)).toBe(true)
})

test('of an earlier run only what it left behind', () => {
  expect(now.isShared(before.own, 40)).toBe(true)
  expect(now.isShared(before.own, 41)).toBe(false)
})

test('nothing of another journal', () => {
  const other = createFeedEpoch('ee', 40, 2000)
  expect([now.isShared(other.own, 1), now.isShared('ee', 1), other.isShared(now.own, 1)]).toEqual([
    false,
    false,
    false,
  ])
})
