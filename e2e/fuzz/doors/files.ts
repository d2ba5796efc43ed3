import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSourceFile, SourceFileWrong } from '#server/ingest/source-file.ts'
import { genesis, hashOf, verifyChain } from '#server/journal/chain.ts'
import { JournalBroken, JournalLocked } from '#server/journal/journal.ts'
import { lastBackup } from '#server/journal/last-backup.ts'
import { lockFolder } from '#server/journal/lock.ts'
import type { StoredRow } from '#server/journal/sqlite-store.ts'
import { readWitness } from '#server/journal/witness.ts'
import { createSeal, unseal } from '#server/projection/seal.ts'
import { readSettings, SettingsWrong } from '#server/settings.ts'
import { quiet } from '#server/world.ts'
import { OperationRefused, readManifest } from '../../../operate/manifest.ts'
import { aliveLines, doorNow, eventExamples } from '../corpus.ts'
import { bytesOf, type FuzzDoor, type Judge, jsonOf, type Taker, wants } from '../door.ts'
import { quickFolder } from '../quick-folder.ts'

const decoder = new TextDecoder()
const hash = 'a'.repeat(64)
const isHash = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

/** A door that reads one file of a folder of its own. */
const reading = (
  name: string,
  file: string,
  corpus: readonly Uint8Array[],
  read: (folder: string, path: string) => Judge | Promise<Judge>,
): FuzzDoor => ({
  name,
  corpus,
  share: 1 / 4,
  open(): Taker {
    const folder = quickFolder()
    const path = join(folder, file)
    return {
      take(input) {
        writeFileSync(path, input)
        return read(folder, path)
      },
      close: () => rmSync(folder, { recursive: true, force: true }),
    }
  },
})

/** Runs what may refuse in words of its own; anything else that is thrown is a fault. */
const orRefused = <T>(read: () => T, refusal: new (message: string) => Error): T | null => {
  try {
    return read()
  } catch (fault) {
    if (!(fault instanceof refusal)) throw fault
    wants(fault.message.length > 10, 'a refusal without a word')
    return null
  }
}

const head = reading(
  'head-file',
  'head.json',
  [jsonOf({ epoch: hash.slice(32), seq: 41, hash })],
  (folder) => {
    const witness = readWitness(folder, quiet)
    return () => {
      if (!witness) return
      wants(Number.isSafeInteger(witness.seq) && isHash(witness.hash), 'a witness of nothing')
      wants(witness.seq > 0, `a witness of row ${witness.seq}`)
      wants(typeof witness.epoch === 'string', 'a witness of no journal')
    }
  },
)

const backup = reading(
  'last-backup',
  'backup.json',
  [jsonOf({ seq: 41, takenAt: doorNow })],
  async (folder) => {
    const last = await lastBackup(folder)
    return () => {
      if (last) wants(last.seq >= 0 && last.takenAt >= 0, 'a backup of the time before time')
    }
  },
)

const manifest = reading(
  'manifest',
  'manifest.json',
  [
    jsonOf({
      version: 1,
      epoch: hash.slice(32),
      head: 41,
      headHash: hash,
      takenAt: doorNow,
      files: [
        { name: 'journal.sqlite', bytes: 40_960, sha256: hash },
        { name: 'ingest-token', bytes: 33, sha256: hash },
        { name: 'tracks/1795348800000-12.tracks.gz', bytes: 400, sha256: hash },
      ],
    }),
  ],
  (folder) => {
    const read = orRefused(() => readManifest(folder), OperationRefused)
    return () => {
      if (!read) return
      wants(read.version === 1 && isHash(read.headHash), 'a manifest of another kind')
      wants(Number.isSafeInteger(read.head) && read.head >= 0, 'a head that is none')
      wants(Number.isSafeInteger(read.takenAt), 'a backup of no time')
      wants(typeof read.epoch === 'string', 'a backup of no journal')
      for (const { name, sha256 } of read.files) {
        wants(typeof name === 'string' && isHash(sha256), 'a file that cannot be checked')
        const inside = join('/restored', name)
        wants(
          /^\/restored\/(tracks\/)?[^/]+$/.test(inside) && !inside.endsWith('/.'),
          `writes ${inside}`,
        )
      }
      wants(new Set(read.files.map(({ name }) => name)).size === read.files.length, 'a file twice')
    }
  },
)

const sources = reading(
  'source-file',
  'sources.json',
  [bytesOf(`[${aliveLines.map((line) => decoder.decode(line)).join(',')}]`)],
  (_, path) => {
    const read = orRefused(() => readSourceFile(path), SourceFileWrong)
    return () => {
      for (const { source, declared } of read ?? [])
        wants(source.length <= 64 && declared !== undefined, 'a source that is none')
    }
  },
)

const lock: FuzzDoor = {
  name: 'lock-file',
  corpus: [bytesOf('4711'), bytesOf('1\n')],
  share: 1 / 20,
  open(): Taker {
    const folder = quickFolder()
    const unlock = lockFolder(folder)
    return {
      take(input) {
        writeFileSync(join(folder, 'lock.pid'), input)
        const taken = orRefused(() => lockFolder(folder), JournalLocked)
        return () => wants(taken === null, 'two have one folder')
      },
      close() {
        unlock()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}

/** As the tables are strict: a damaged file gives other values, never other kinds of them. */
const isRow = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['seq', 'at', 'seenAt'].every((name) => Number.isSafeInteger((value as Fields)[name])) &&
  ['id', 'type', 'source', 'flags', 'body', 'prev', 'hash'].every(
    (name) => typeof (value as Fields)[name] === 'string',
  )
type Fields = Record<string, unknown>

const chain: StoredRow[] = []
for (const [n, { id, type, at, source, body }] of eventExamples.slice(0, 4).entries()) {
  const prev = chain.at(-1)?.hash ?? genesis
  const flags = '[]'
  const parts = {
    seq: n + 1,
    id,
    type,
    at,
    seenAt: at,
    source,
    flags,
    body: JSON.stringify(body),
    prev,
  }
  chain.push({ ...parts, hash: hashOf(parts) })
}
const chainText = JSON.stringify(chain)

const journalRows: FuzzDoor = {
  name: 'journal-rows',
  corpus: [jsonOf(chain)],
  open: () => ({
    take(input) {
      let rows: StoredRow[]
      try {
        rows = JSON.parse(decoder.decode(input)) as StoredRow[]
      } catch {
        return () => {}
      }
      const isTable = Array.isArray(rows) && rows.every(isRow)
      const end =
        isTable && orRefused(() => verifyChain(rows, { seq: 0, hash: genesis }), JournalBroken)
      return () => {
        if (!end) return
        const pick = ({
          seq,
          id,
          type,
          at,
          seenAt,
          source,
          flags,
          body,
          prev,
          hash,
        }: StoredRow) => ({ seq, id, type, at, seenAt, source, flags, body, prev, hash })
        wants(
          chainText.startsWith(JSON.stringify(rows.map(pick)).slice(0, -1)),
          'an altered row verifies',
        )
      }
    },
  }),
}

const sealOf = (text: string): string => {
  const seal = createSeal()
  seal.add(text)
  return Buffer.concat(seal.sealed()).toString()
}
const sealed = sealOf('{"incidents":{"$map":[]}}')
const checkpoint: FuzzDoor = {
  name: 'checkpoint',
  corpus: [bytesOf(sealed)],
  open: () => ({
    take(input) {
      const text = decoder.decode(input)
      const opened = unseal(text)
      return () =>
        wants(opened === null || text === sealed || sealOf(opened) === text, 'a broken seal')
    },
  }),
}

const settings: FuzzDoor = {
  name: 'settings',
  corpus: [
    bytesOf('WANGLOU_PORT=8080\nWANGLOU_HOST=127.0.0.1\nWANGLOU_MOCK=off\nWANGLOU_LOG_LEVEL=debug'),
    bytesOf('WANGLOU_ORIGINS=https://wall.example:8443, http://[::1]:80\nWANGLOU_SCRUB_HOURS=24.5'),
    bytesOf(
      'WANGLOU_TRUST_NETWORK=1\nWANGLOU_HOST=::\nWANGLOU_SIMULATED_SOURCES=a, b\nWANGLOU_PORT=443',
    ),
    bytesOf('WANGLOU_HOST=wall-1.example\nWANGLOU_TRUST_NETWORK=1\nWANGLOU_QUARANTINE_MIB=64'),
    bytesOf('WANGLOU_INGEST_TOKEN=0123456789abcdef\nWANGLOU_TRACKS_DAYS=2\nWANGLOU_DATA=./data'),
  ],
  open: () => ({
    take(input) {
      const pairs = decoder
        .decode(input)
        .split('\n')
        .map((line): [string, string] => {
          const at = line.indexOf('=')
          return [line.slice(0, at), line.slice(at + 1)]
        })
      // as the system gives it: every name its own
      const env = Object.fromEntries(pairs)
      const read = orRefused(() => readSettings(env), SettingsWrong)
      return () => {
        if (!read) return
        wants(
          Number.isInteger(read.port) && read.port > 0 && read.port < 65_536,
          `port ${read.port}`,
        )
        wants(
          read.origins.every((origin) => new URL(origin).origin === origin),
          'an origin that is none',
        )
        wants(
          read.hosts.every((host) => URL.canParse(`http://${host}`)),
          'a host that is none',
        )
        wants(read.folder.startsWith('/') && read.scrubHours > 0, 'a setting that cannot be')
      }
    },
  }),
}

/** What the server and its commands find on the disk or are given at the start. */
export const fileDoors: readonly FuzzDoor[] = [
  head,
  backup,
  manifest,
  sources,
  lock,
  journalRows,
  checkpoint,
  settings,
]
