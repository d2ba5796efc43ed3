import { createHash } from 'node:crypto'
import type { Flag, JournalRow, Json } from '#protocol/event.ts'
import { JournalBroken } from './journal.ts'

/** First byte of what is hashed: raise it when the canonical form changes. */
export const chainVersion = 1

/** `prev` of row 1. */
export const genesis = '0'.repeat(64)

/**
 * JSON in one spelling (RFC 8785): object keys sorted by UTF-16 code units, no spaces, numbers and
 * strings as ECMAScript writes them. Strings must be well-formed; the door sees to that.
 */
export const canonicalJson = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`)
  return `{${members.join(',')}}`
}

/** A row without its hash, its body and flags already canonical: what both chain and store write. */
export interface CanonicalParts {
  seq: number
  id: string
  type: string
  at: number
  seenAt: number
  source: string
  /** canonical JSON */
  flags: string
  /** canonical JSON */
  body: string
  prev: string
}

/** The canonical JSON of a row, `hash` apart. Its keys stand in sorted order, as RFC 8785 wants. */
export const canonicalRow = (row: CanonicalParts): string =>
  `{"at":${row.at},"body":${row.body},"flags":${row.flags},"id":${JSON.stringify(row.id)},` +
  `"prev":"${row.prev}","seenAt":${row.seenAt},"seq":${row.seq},` +
  `"source":${JSON.stringify(row.source)},"type":${JSON.stringify(row.type)}}`

const versionByte = Buffer.of(chainVersion)

/** SHA-256 over the version byte and the canonical row (UTF-8), lower-case hex. */
export const hashOf = (row: CanonicalParts): string =>
  createHash('sha256').update(versionByte).update(canonicalRow(row)).digest('hex')

/** Checks rows against each other and against the hash before them; throws at the first bad one. */
export const verifyChain = (
  rows: Iterable<CanonicalParts & { hash: string }>,
  before: { seq: number; hash: string },
) => {
  let { seq, hash } = before
  for (const row of rows) {
    seq += 1
    if (row.seq !== seq)
      throw new JournalBroken(`seq ${seq} is missing: row ${row.seq} follows ${seq - 1}`)
    if (row.prev !== hash)
      throw new JournalBroken(`seq ${seq} does not follow ${seq - 1}: its prev is another hash`)
    if (hashOf(row) !== row.hash)
      throw new JournalBroken(`seq ${seq} was altered: its hash does not fit its content`)
    hash = row.hash
  }
  return { seq, hash }
}

/** The canonical parts of a row as everybody reads it. */
export const partsOf = (row: JournalRow): CanonicalParts & { hash: string } => ({
  ...row,
  flags: canonicalJson(row.flags),
  body: canonicalJson(row.body),
})

/** A row as everybody reads it, of its canonical parts. */
export const rowOf = ({ flags, body, ...rest }: CanonicalParts & { hash: string }): JournalRow => ({
  seq: rest.seq,
  id: rest.id,
  type: rest.type,
  at: rest.at,
  seenAt: rest.seenAt,
  source: rest.source,
  flags: JSON.parse(flags) as Flag[],
  body: JSON.parse(body),
  prev: rest.prev,
  hash: rest.hash,
})
