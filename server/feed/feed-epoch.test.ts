import { expect, test } from 'vitest'
import { createFeedEpoch } from './feed-epoch.ts'

const runsOf = (...runs: [id: string, startSeq: number][]) =>
  runs.map(([id, startSeq]) => ({ id, startSeq }))
const before = createFeedEpoch({ epoch: 'e', runs: runsOf(['a', 0]) })
const now = createFeedEpoch({ epoch: 'e', runs: runsOf(['a', 0], ['b', 40]) })

test('what this run has told is shared, whatever its number', () => {
  expect(now.isShared(now.own, 70)).toBe(true)
  expect(now.isShared('e', 70)).toBe(true)
})

test('of an earlier run only what it left behind', () => {
  expect(now.isShared(before.own, 40)).toBe(true)
  expect(now.isShared(before.own, 41)).toBe(false)
})

test('of a run whose machine was put back only what was there then, however many runs later', () => {
  // a told up to 95; its machine was put back to 80; b gave those numbers anew, up to 120
  const later = createFeedEpoch({ epoch: 'e', runs: runsOf(['a', 0], ['b', 80], ['c', 120]) })
  expect([80, 81, 95].map((seq) => later.isShared('e.a', seq))).toEqual([true, false, false])
  expect([95, 120, 121].map((seq) => later.isShared('e.b', seq))).toEqual([true, true, false])
})

test('nothing of a run that this journal does not know: it was begun after what the machine was put back to', () => {
  expect(now.isShared('e.c', 1)).toBe(false)
})

test('nothing of another journal', () => {
  const other = createFeedEpoch({ epoch: 'ee', runs: runsOf(['a', 0], ['b', 40]) })
  expect([now.isShared(other.own, 1), now.isShared('ee', 1), other.isShared(now.own, 1)]).toEqual([
    false,
    false,
    false,
  ])
})
