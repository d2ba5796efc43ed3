import { deepStrictEqual, ok } from 'node:assert/strict'
import type { JournalRow } from '#protocol/event.ts'
import { ownSource } from '#protocol/source.ts'
import { genesis, partsOf, verifyChain } from '../../server/journal/chain.ts'
import type { Load } from '../load.ts'

/** What a sender was told and the journal does not have, by where it is missing: a middle breaks the order too. */
export interface Lost {
  prefix: string[]
  middle: string[]
  postfix: string[]
}

const writerOf = (id: string): string => id.split('-', 1)[0]!

/** The acknowledged ids of each writer, in the order of the acknowledgements. */
const byWriter = (acknowledged: ReadonlySet<string>): Iterable<string[]> =>
  Map.groupBy(acknowledged, writerOf).values()

/** How a load counts a post that nobody answered, among its refusals. */
export const noAnswer = 0

/** Throws unless a load had something kept, and was told nothing else than 200 and `expected`. */
export const assertAnswered = (
  { acknowledged, refusals }: Pick<Load, 'acknowledged' | 'refusals'>,
  expected: readonly number[],
): void => {
  ok(acknowledged.size > 0, 'no post of the load was taken')
  const strange = Array.from(refusals).filter(([status]) => !expected.includes(status))
  deepStrictEqual(strange, [], 'answers to the load that nobody expects')
}

/** Set algebra after jepsen-io/nats: what was lost, and where in the order of its writer. */
export const lostOf = (
  acknowledged: ReadonlySet<string>,
  read: { has(id: string): boolean },
): Lost => {
  const lost: Lost = { prefix: [], middle: [], postfix: [] }
  for (const ids of byWriter(acknowledged)) {
    const first = ids.findIndex((id) => read.has(id))
    const last = ids.findLastIndex((id) => read.has(id))
    for (const [n, id] of ids.entries()) {
      if (read.has(id)) continue
      if (last === -1 || n > last) lost.postfix.push(id)
      else if (n < first) lost.prefix.push(id)
      else lost.middle.push(id)
    }
  }
  return lost
}

/**
 * Throws unless the journal has what was acknowledged, nothing that was never sent, nothing twice, every seq, and its
 * chain verifies. How many it has that were never acknowledged: their answers were lost.
 */
export const assertKept = (
  { attempted, acknowledged }: Pick<Load, 'attempted' | 'acknowledged'>,
  rows: readonly JournalRow[],
): { recovered: number } => {
  const sent = rows.filter(({ source }) => source !== ownSource).map(({ id }) => id)
  const read = new Set(sent)
  deepStrictEqual(
    {
      lost: lostOf(acknowledged, read),
      unexpected: sent.filter((id) => !attempted.has(id)),
      doubled: sent.length - read.size,
      verifiedTo: verifyChain(rows.map(partsOf), { seq: 0, hash: genesis }).seq,
    },
    {
      lost: { prefix: [], middle: [], postfix: [] },
      unexpected: [],
      doubled: 0,
      verifiedTo: rows.length,
    },
  )
  return { recovered: sent.filter((id) => !acknowledged.has(id)).length }
}
