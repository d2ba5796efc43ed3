import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { type CanonicalParts, genesis, hashOf, verifyChain } from './chain.ts'
import {
  type Checkpoint,
  JournalBroken,
  type NewCheckpoint,
  type Outcome,
  type Run,
  withRun,
} from './journal.ts'

/** A draft with its flags and body as canonical JSON: what crosses to the store's thread. */
export type StoredDraft = Omit<CanonicalParts, 'seq' | 'prev'>
export type StoredRow = CanonicalParts & { hash: string }

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    seenAt INTEGER NOT NULL,
    source TEXT NOT NULL,
    flags TEXT NOT NULL,
    body TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS eventsByTime ON events (at);
  CREATE TABLE IF NOT EXISTS checkpoints (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    logic TEXT NOT NULL,
    state TEXT NOT NULL
  ) STRICT;
`
/** Raise it with a migration when the tables change. */
const schemaVersion = '1'
const checkpointsKept = 2

/** What a store says of itself when it has opened and verified its tail. */
export interface Opened {
  epoch: string
  runs: readonly Run[]
  head: number
  headHash: string
}

/** SQLITE_CORRUPT and SQLITE_NOTADB: the file itself is damaged. */
export const isDamage = (fault: unknown): boolean =>
  [11, 26].includes(((fault as { errcode?: number }).errcode ?? 0) & 0xff)

/** Reading, on any connection to the file. */
export const readsOf = (db: DatabaseSync) => {
  const from = db.prepare('SELECT * FROM events WHERE seq >= ? ORDER BY seq LIMIT ?')
  const byTime = db.prepare(
    'SELECT * FROM events WHERE at >= ? AND at < ? AND seq > ? ORDER BY seq LIMIT ?',
  )
  const withId = db.prepare('SELECT * FROM events WHERE id = ?')
  const rows = (statement: StatementSync, ...parameters: number[]): StoredRow[] =>
    statement.all(...parameters) as unknown as StoredRow[]
  return {
    read: (fromSeq: number, limit: number) => rows(from, fromSeq, limit),
    readByTime: (fromMs: number, toMs: number, limit: number, afterSeq: number) =>
      rows(byTime, fromMs, toMs, afterSeq, limit),
    find: (id: string) => (withId.get(id) as unknown as StoredRow | undefined) ?? null,
  }
}

/** A second connection that only reads, so that a long page never holds up a commit. */
export const openReader = (path: string) => {
  const db = new DatabaseSync(path, { readOnly: true })
  return { ...readsOf(db), close: () => db.close() }
}

/**
 * The journal's rows in one SQLite file, on whatever thread it is called from: every call blocks.
 * WAL with `synchronous=FULL`: a commit that returned has been synced.
 */
export const openStore = (path: string, newEpoch: string, startedAtMs: number) => {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON')
  const meta = (key: string, value: string): string => {
    db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run(key, value)
    return db.prepare('SELECT value FROM meta WHERE key = ?').get(key)?.value as string
  }
  db.exec(schema)
  const version = meta('schemaVersion', schemaVersion)
  if (version !== schemaVersion) {
    throw new JournalBroken(
      `the journal's tables are of version ${version}; this server knows ${schemaVersion}`,
    )
  }
  const epoch = meta('epoch', newEpoch)
  const writeProbe = db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('probe', ?)")
  const probe = (bytes: number): void => {
    writeProbe.run('-'.repeat(bytes))
    writeProbe.run('')
  }
  probe(1)
  // asserted after a write: some builds of SQLite drop to NORMAL with the first write in WAL mode
  const sync = Number(db.prepare('PRAGMA synchronous').get()?.synchronous)
  const mode = String(db.prepare('PRAGMA journal_mode').get()?.journal_mode)
  if (sync !== 2 || mode !== 'wal') {
    throw new JournalBroken(
      `SQLite runs with synchronous=${sync}, journal_mode=${mode}; 2 (FULL) and wal are needed`,
    )
  }

  const insert = db.prepare(
    `INSERT INTO events (seq, id, type, at, seenAt, source, flags, body, prev, hash)
     VALUES (:seq, :id, :type, :at, :seenAt, :source, :flags, :body, :prev, :hash)`,
  )
  const byId = db.prepare('SELECT seq, type, at, source, body FROM events WHERE id = ?')
  const reads = readsOf(db)

  const anchor = (db
    .prepare('SELECT seq, hash FROM checkpoints ORDER BY seq DESC LIMIT 1')
    .get() ?? {
    seq: 0,
    hash: genesis,
  }) as { seq: number; hash: string }

  const verifyTail = (): { seq: number; hash: string } => {
    const anchored = anchor.seq > 0 ? reads.read(anchor.seq, 1) : []
    if (anchor.seq > 0 && anchored[0]?.hash !== anchor.hash) {
      throw new JournalBroken(
        `seq ${anchor.seq} is not the row that the last checkpoint was taken at`,
      )
    }
    // its content too: after a clean stop it is the only row that is looked at
    if (anchored[0]) verifyChain(anchored, { seq: anchor.seq - 1, hash: anchored[0].prev })
    let last = anchor
    for (;;) {
      const page = reads.read(last.seq + 1, 5000)
      if (page.length === 0) return last
      last = verifyChain(page, last)
    }
  }
  let { seq: head, hash: headHash } = verifyTail()
  const runs = withRun(JSON.parse(meta('runs', '[]')) as Run[], startedAtMs, head)
  db.prepare("UPDATE meta SET value = ? WHERE key = 'runs'").run(JSON.stringify(runs))

  const appendOne = (draft: StoredDraft, batchHead: { seq: number; hash: string }): Outcome => {
    const known = byId.get(draft.id)
    if (known) {
      const isSame =
        known.type === draft.type &&
        known.at === draft.at &&
        known.source === draft.source &&
        known.body === draft.body
      return { kind: isSame ? 'duplicate' : 'id-conflict', seq: known.seq as number }
    }
    const parts = { ...draft, seq: batchHead.seq + 1, prev: batchHead.hash }
    const hash = hashOf(parts)
    insert.run({ ...parts, hash })
    batchHead.seq = parts.seq
    batchHead.hash = hash
    return { kind: 'accepted', seq: parts.seq }
  }

  return {
    opened: (): Opened => ({ epoch, runs, head, headHash }),
    /** One transaction, one sync. Throws when it cannot be kept; then nothing of it is. */
    append(drafts: readonly StoredDraft[]): {
      outcomes: Outcome[]
      hashes: string[]
      head: number
    } {
      const batchHead = { seq: head, hash: headHash }
      const outcomes: Outcome[] = []
      const hashes: string[] = []
      db.exec('BEGIN IMMEDIATE')
      try {
        for (const draft of drafts) {
          const outcome = appendOne(draft, batchHead)
          outcomes.push(outcome)
          hashes.push(outcome.kind === 'accepted' ? batchHead.hash : '')
        }
        db.exec('COMMIT')
      } catch (fault) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw fault
      }
      head = batchHead.seq
      headHash = batchHead.hash
      return { outcomes, hashes, head }
    },
    /** Throws unless a write of so many bytes can be kept now. */
    probe,
    saveCheckpoint({ seq, hash, logic, state }: NewCheckpoint): void {
      db.prepare(
        'INSERT OR REPLACE INTO checkpoints (seq, hash, logic, state) VALUES (?, ?, ?, ?)',
      ).run(seq, hash, logic, Buffer.concat(state).toString())
      db.prepare(
        'DELETE FROM checkpoints WHERE seq NOT IN (SELECT seq FROM checkpoints ORDER BY seq DESC LIMIT ?)',
      ).run(checkpointsKept)
    },
    lastCheckpoint: (logic: string): Checkpoint | null =>
      (db
        .prepare(
          'SELECT seq, hash, logic, state FROM checkpoints WHERE logic = ? ORDER BY seq DESC LIMIT 1',
        )
        .get(logic) as unknown as Checkpoint | undefined) ?? null,
    close: () => db.close(),
  }
}
export type Store = ReturnType<typeof openStore>
