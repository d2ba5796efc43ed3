import { afterEach, describe, expect, it } from 'vitest'
import type { JournalRow } from '#protocol/event.ts'
import { type Log, quiet } from '../world.ts'
import { genesis, partsOf, verifyChain } from './chain.ts'
import type { Draft, Journal } from './journal.ts'

/** Opens the same journal again each time it is called; the one before it has been closed. */
export type Reopen = () => Promise<Journal>

/** A state as it goes to the store. */
export const utf8 = (text: string) => [new TextEncoder().encode(text)]

export const draft = (id: string, over: Partial<Draft> = {}): Draft => ({
  id,
  type: 'incident.handled',
  at: 1_700_000_000_000,
  seenAt: 1_700_000_000_500,
  source: 'test',
  flags: [],
  body: { v: 1, incident: '警-1' },
  ...over,
})

/** What every journal owes its callers; each implementation runs it. */
export const describeJournal = (name: string, start: (log: Log) => Promise<Reopen>): void => {
  describe(`${name} keeps the contract of a journal`, () => {
    let journal: Journal
    let logged: string[] = []
    const log = { ...quiet, error: (sentence: string) => void logged.push(sentence) }
    afterEach(() => journal.close())
    const open = async (): Promise<Reopen> => {
      logged = []
      const reopen = await start(log)
      journal = await reopen()
      return async () => {
        await journal.close()
        journal = await reopen()
        return journal
      }
    }

    it('starts empty, with an epoch that stays', async () => {
      const reopen = await open()
      expect([journal.head, journal.headHash]).toEqual([0, genesis])
      expect(journal.epoch).toMatch(/^[0-9a-f]{32}$/)
      const { epoch } = journal
      expect((await reopen()).epoch).toBe(epoch)
    })

    it('knows its openings, and where each began', async () => {
      const reopen = await open()
      await journal.append([draft('a'), draft('b')])
      await reopen()
      await journal.append([draft('c')])
      await reopen()
      expect(journal.runs.map(({ startSeq }) => startSeq)).toEqual([0, 2, 3])
    })

    it('numbers without gaps from 1, and finds it all again', async () => {
      const reopen = await open()
      const outcomes = await journal.append([draft('a'), draft('b')])
      expect(outcomes).toEqual([
        { kind: 'accepted', seq: 1 },
        { kind: 'accepted', seq: 2 },
      ])
      expect(await journal.append([draft('c')])).toEqual([{ kind: 'accepted', seq: 3 }])
      const before = await journal.read(1, 10)
      await reopen()
      expect(journal.head).toBe(3)
      expect(journal.headHash).toBe(before[2]!.hash)
      expect(await journal.read(1, 10)).toEqual(before)
      expect(before[0]).toMatchObject({ seq: 1, ...draft('a') })
    })

    it('knows an id again, also within one append and after it was opened again', async () => {
      const reopen = await open()
      expect(await journal.append([draft('a'), draft('a'), draft('b')])).toEqual([
        { kind: 'accepted', seq: 1 },
        { kind: 'duplicate', seq: 1 },
        { kind: 'accepted', seq: 2 },
      ])
      await reopen()
      const later = draft('b', { seenAt: 1_800_000_000_000, flags: ['backfill'] })
      expect(await journal.append([later])).toEqual([{ kind: 'duplicate', seq: 2 }])
      expect(journal.head).toBe(2)
    })

    it('refuses an id with other content', async () => {
      await open()
      await journal.append([draft('a')])
      for (const other of [
        { at: 1 },
        { type: 'incident.fedBack' },
        { source: 'x' },
        { body: { v: 2 } },
      ]) {
        expect(await journal.append([draft('a', other)])).toEqual([{ kind: 'id-conflict', seq: 1 }])
      }
      expect(journal.head).toBe(1)
    })

    it('takes no notice of the order of keys in a body', async () => {
      await open()
      await journal.append([draft('a', { body: { x: 1, y: { b: 2, a: '\u2028' } } })])
      const turned = draft('a', { body: { y: { a: '\u2028', b: 2 }, x: 1 } })
      expect(await journal.append([turned])).toEqual([{ kind: 'duplicate', seq: 1 }])
    })

    it('tells listeners, in order, before the append resolves', async () => {
      await open()
      const told: JournalRow[] = []
      journal.onCommitted((rows) => told.push(...rows))
      const appends = Array.from({ length: 50 }, (_, n) =>
        journal.append([draft(`e${n}`)]).then(([outcome]) => {
          expect(told.some(({ seq }) => seq === outcome!.seq)).toBe(true)
        }),
      )
      await Promise.all(appends)
      expect(told.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1))
      expect(await journal.read(1, 100)).toEqual(told)
    })

    it('tells a long commit in parts, and has the whole of it already', async () => {
      await open()
      const parts: number[] = []
      const heads: number[] = []
      journal.onCommitted((rows) => {
        parts.push(rows.length)
        heads.push(journal.head)
      })
      await journal.append(Array.from({ length: 250 }, (_, n) => draft(`e${n}`)))
      expect(parts).toEqual([100, 100, 50])
      expect(heads).toEqual([250, 250, 250])
    })

    it('tells everybody everything, though somebody fails to listen', async () => {
      const reopen = await open()
      const told: number[][] = [[], []]
      let fails = 1
      const listen = (to: number[]) =>
        journal.onCommitted((rows) => to.push(...rows.map(({ seq }) => seq)))
      listen(told[0]!)
      journal.onCommitted(() => {
        if (fails-- > 0) throw new Error('no')
      })
      listen(told[1]!)
      const outcomes = await journal.append(Array.from({ length: 250 }, (_, n) => draft(`e${n}`)))
      expect(outcomes.at(-1)).toEqual({ kind: 'accepted', seq: 250 })
      await journal.append([draft('next')])
      const all = Array.from({ length: 251 }, (_, n) => n + 1)
      expect(told).toEqual([all, all])
      expect(logged).toEqual([expect.stringContaining('could not take in')])
      const rows = (await journal.read(1, 1000)).map(partsOf)
      expect(verifyChain(rows, { seq: 0, hash: genesis }).hash).toBe(journal.headHash)
      expect((await reopen()).head).toBe(251)
    })

    it('chains every row to the one before', async () => {
      await open()
      await journal.append(Array.from({ length: 20 }, (_, n) => draft(`e${n}`, { body: { n } })))
      const rows = (await journal.read(1, 100)).map(partsOf)
      expect(verifyChain(rows, { seq: 0, hash: genesis })).toEqual({
        seq: 20,
        hash: journal.headHash,
      })
      const altered = rows.map((row) => (row.seq === 7 ? { ...row, body: '{"n":99}' } : row))
      expect(() => verifyChain(altered, { seq: 0, hash: genesis })).toThrow('seq 7')
      const cut = rows.filter(({ seq }) => seq !== 7)
      expect(() => verifyChain(cut, { seq: 0, hash: genesis })).toThrow('seq 7')
    })

    it('reads from a cursor and by time', async () => {
      await open()
      await journal.append([1, 5, 3, 9].map((at) => draft(`at${at}`, { at })))
      expect((await journal.read(2, 2)).map(({ seq }) => seq)).toEqual([2, 3])
      expect((await journal.read(0, 1)).map(({ seq }) => seq)).toEqual([1])
      expect((await journal.readByTime(3, 9, 10)).map(({ at }) => at)).toEqual([5, 3])
      expect((await journal.readByTime(3, 9, 10, 2)).map(({ at }) => at)).toEqual([3])
      expect((await journal.readByTime(0, 100, 1)).map(({ at }) => at)).toEqual([1])
    })

    it('finds a row by its id, also after it was opened again', async () => {
      const reopen = await open()
      await journal.append([draft('a'), draft('b', { at: 7 })])
      expect(await journal.find('b')).toEqual((await journal.read(2, 1))[0])
      expect(await journal.find('c')).toBeNull()
      await reopen()
      expect((await journal.find('b'))?.at).toBe(7)
    })

    it('keeps checkpoints by their logic', async () => {
      const reopen = await open()
      await journal.append([draft('a'), draft('b')])
      const [first, second] = await journal.read(1, 2)
      expect(await journal.lastCheckpoint('x')).toBeNull()
      await journal.saveCheckpoint({
        seq: 1,
        hash: first!.hash,
        logic: 'x',
        state: utf8('{"n":1}'),
      })
      await journal.saveCheckpoint({
        seq: 2,
        hash: second!.hash,
        logic: 'y',
        state: utf8('{"n":2}'),
      })
      await reopen()
      expect(await journal.lastCheckpoint('x')).toMatchObject({ seq: 1, state: '{"n":1}' })
      expect(await journal.lastCheckpoint('y')).toMatchObject({ seq: 2, hash: second!.hash })
    })
  })
}
