import { isDeepStrictEqual } from 'node:util'
import { toMinute } from '#protocol/beijing.ts'
import type { Audience, FeedEvent } from '#protocol/event.ts'
import type { Fold, States } from '#protocol/fold.ts'
import { isKept, isServed, servedOf } from '#protocol/served.ts'
import { ownSource } from '#protocol/source.ts'
import type { Core } from '#server/assemble.ts'
import { genesis, partsOf, verifyChain } from '#server/journal/chain.ts'
import type { MemoryDisk } from '#server/journal/memory.ts'
import { topics } from '#topics/index.ts'
import { eventOf, strictFold } from '../journal-fold.ts'
import type { Book } from './book.ts'
import type { Screen } from './screens.ts'
import type { Senders } from './senders.ts'
import { must } from './violation.ts'

const wholeFold = strictFold(null)
const foldFor: Record<Audience, Fold> = {
  wall: strictFold('wall'),
  shared: strictFold('shared'),
  visitor: strictFold('visitor'),
}

/** Equal as JSON, or but for the order of keys. */
const isSame = (fold: Fold, one: States, other: States): boolean => {
  const [a, b] = [fold.encode(one), fold.encode(other)]
  return (
    JSON.stringify(a) === JSON.stringify(b) || isDeepStrictEqual(fold.decode(a), fold.decode(b))
  )
}
const differing = (fold: Fold, one: States, other: States): string[] => {
  const [a, b] = [fold.encode(one), fold.encode(other)]
  return topics.map(({ name }) => name).filter((name) => !isDeepStrictEqual(a[name], b[name]))
}

/** lost = acknowledged − kept; unexpected = kept − attempted; and nothing twice. */
const checkJournal = (disk: MemoryDisk, senders: Senders): void => {
  const { rows } = disk
  verifyChain(rows.map(partsOf), { seq: 0, hash: genesis })
  const kept = new Map(rows.map((row) => [row.id, row]))
  must(kept.size === rows.length, 'every id is kept once', () => {
    const ids = rows.map(({ id }) => id)
    return ids.filter((id, n) => ids.indexOf(id) !== n)
  })
  const lost = Array.from(senders.acknowledged.keys()).filter((id) => !kept.has(id))
  must(lost.length === 0, 'what was acknowledged is kept', () => ({ lost, head: rows.length }))
  for (const row of rows) {
    if (row.source === ownSource) continue
    must(
      senders.attempted.get(row.id)?.includes(row.at) ?? false,
      'nothing is kept that nobody sent',
      () => row,
    )
    const at = senders.acknowledged.get(row.id) ?? row.at
    must(
      at === row.at,
      'what was acknowledged is kept with the content that was acknowledged',
      () => ({ at, row }),
    )
  }
}

/** What must be so when all has come to rest: everything is the fold of the journal. */
export const checkRest = (options: {
  disk: MemoryDisk
  core: Core
  book: Book
  senders: Senders
  screens: readonly Screen[]
  now: number
}): void => {
  const { disk, core, book, screens, now } = options
  checkJournal(disk, options.senders)
  const whole = wholeFold.fresh()
  for (const row of disk.rows) wholeFold.apply(whole, eventOf(row))
  const { states, faults } = core.projection
  must(faults.size === 0, 'every event can be folded', () => Array.from(faults.values()))
  must(isSame(wholeFold, states, whole), "the server's state is the fold of the journal", () =>
    differing(wholeFold, states, whole),
  )

  const oracles = new Map<Audience, States>()
  const oracleFor = (audience: Audience): States => {
    const known = oracles.get(audience)
    if (known) return known
    const fold = foldFor[audience]
    const own = fold.fresh()
    for (const row of disk.rows) {
      const text = book.textFor(row, audience)
      if (text !== null) fold.apply(own, JSON.parse(text) as FeedEvent)
    }
    oracles.set(audience, own)
    return own
  }
  const servedTexts = new Map<string, string>()
  const servedFor = (topic: (typeof topics)[number], audience: Audience): string => {
    const key = `${topic.name} ${audience}`
    const known = servedTexts.get(key)
    if (known !== undefined) return known
    const text = JSON.stringify(servedOf(topic, whole.get(topic.name), audience, toMinute(now)))
    servedTexts.set(key, text)
    return text
  }
  for (const screen of screens) {
    const { name, audience, link } = screen
    must(link?.state === 'live', 'every screen comes back', () => ({ name, link }))
    must(screen.seq === disk.rows.length, 'every screen reaches the head', () => ({
      name,
      seq: screen.seq,
      head: disk.rows.length,
    }))
    must(link!.recording, 'every screen knows that it is recorded again', () => ({ name, link }))
    const own = oracleFor(audience)
    must(
      isSame(foldFor[audience], screen.states, own),
      "a screen's state is the fold of the journal",
      () => ({
        name,
        audience,
        topics: differing(foldFor[audience], screen.states, own),
      }),
    )
    for (const topic of topics) {
      if (!isServed(topic, audience) || isKept(topic, audience)) continue
      const shown = JSON.stringify(screen.served[topic.name])
      const expected = servedFor(topic, audience)
      must(shown === expected, 'what is served is what was computed', () => ({
        name,
        topic: topic.name,
        shown,
        expected,
      }))
    }
  }
}
