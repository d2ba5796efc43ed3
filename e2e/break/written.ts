import { basename } from 'node:path'
import { bytesOf, type Call, textOf } from './trace.ts'

export interface Span {
  enteredAt: number
  leftAt: number
}
/** Bytes that were written to one of the journal's files; or, with a length, that it was cut or grown to. */
export interface Written extends Span {
  at: number
  bytes: Buffer
  fileBytes: number | null
}
export interface FileLog {
  writes: Written[]
  syncs: Span[]
}
/** An answer that told a sender that its events are kept. */
export interface Acknowledgement {
  enteredAt: number
  ids: string[]
}
export interface Doings {
  main: FileLog
  wal: FileLog
  acknowledgements: Acknowledgement[]
  /** what the witness was given to say, by the moment that it began to say so */
  witnesses: { enteredAt: number; text: string }[]
}

/** What the senders of this break call their events: the end marks that `s1-1-1` is not `s1-1-10`. */
export const idPattern = /s\d+-\d+-\d+~/g

const emptyLog = (): FileLog => ({ writes: [], syncs: [] })

/** What a trace says of the journal's files and of what senders were told. */
export const readDoings = (calls: readonly Call[]): Doings => {
  const files = new Map([
    ['journal.sqlite', emptyLog()],
    ['journal.sqlite-wal', emptyLog()],
  ])
  const heard = new Map<string, string>()
  const acknowledgements: Acknowledgement[] = []
  const witnesses: Doings['witnesses'] = []
  let witness = ''

  for (const call of calls) {
    const { name, of, rest, answer, enteredAt, leftAt } = call
    if (answer < 0) continue
    if (of.startsWith('TCP')) {
      if (name === 'read') {
        heard.set(of, (heard.get(of) ?? '') + textOf(call))
        continue
      }
      const told = textOf(call)
      const asked = heard.get(of) ?? ''
      heard.set(of, '')
      const ids = asked.match(idPattern) ?? []
      if (told.startsWith('HTTP/1.1 200') && ids.length > 0)
        acknowledgements.push({ enteredAt, ids })
      continue
    }
    if (name.startsWith('rename')) {
      if (rest.includes('head.json')) witnesses.push({ enteredAt, text: witness })
      continue
    }
    if (basename(of) === 'head.json.part' && name.includes('write')) witness = textOf(call)
    const file = files.get(basename(of))
    if (!file) continue
    if (name === 'fsync' || name === 'fdatasync') file.syncs.push({ enteredAt, leftAt })
    else if (name === 'pwrite64') {
      const at = Number(rest.slice(rest.lastIndexOf(',') + 1))
      file.writes.push({ enteredAt, leftAt, at, bytes: bytesOf(textOf(call)), fileBytes: null })
    } else if (name === 'ftruncate') {
      const bytes = Buffer.alloc(0)
      file.writes.push({ enteredAt, leftAt, at: 0, bytes, fileBytes: Number(rest) })
    } else if (name !== 'read') throw new Error(`${name} of ${of} is not understood here`)
  }
  const [main, wal] = [...files.values()] as [FileLog, FileLog]
  for (const each of witnesses) each.text = bytesOf(each.text).toString()
  return { main, wal, acknowledgements, witnesses }
}

const frameHeaderBytes = 24

/** When the commit that holds each id had been written to the write-ahead log, all of its frames. */
export const committedAt = ({ writes }: FileLog): Map<string, number> => {
  const at = new Map<string, number>()
  let open: string[] = []
  let isCommit = false
  for (const { bytes, leftAt } of writes) {
    // a frame's header names its page, and in a commit's last frame how many pages there are now
    if (bytes.length === frameHeaderBytes) {
      isCommit = bytes.readUInt32BE(4) > 0
      continue
    }
    open.push(...(bytes.toString('latin1').match(idPattern) ?? []))
    if (!isCommit) continue
    for (const id of open) if (!at.has(id)) at.set(id, leftAt)
    open = []
    isCommit = false
  }
  return at
}

/** For each sync the ids that only it vouches for: committed since the one before, and told before the one after ended. */
export const servedBySync = ({ wal, acknowledgements }: Doings): string[][] => {
  const committed = committedAt(wal)
  const told = acknowledgements.flatMap(({ ids, enteredAt }) =>
    ids.map((id) => ({ id, writtenAt: committed.get(id)!, toldAt: enteredAt })),
  )
  return wal.syncs.map((own, n) => {
    const since = wal.syncs[n - 1]?.enteredAt ?? 0
    const until = wal.syncs[n + 1]?.leftAt ?? Number.POSITIVE_INFINITY
    return told
      .filter(({ writtenAt }) => writtenAt >= since && writtenAt < own.enteredAt)
      .filter(({ toldAt }) => toldAt <= until)
      .map(({ id }) => id)
  })
}

/** Ids that a sender was told are kept before a sync had ended that began after their commit was written. */
export const toldTooSoon = ({ wal, acknowledgements }: Doings): string[] => {
  const committed = committedAt(wal)
  return acknowledgements.flatMap(({ ids, enteredAt: toldAt }) =>
    ids.filter((id) => {
      const writtenAt = committed.get(id) ?? Number.POSITIVE_INFINITY
      return !wal.syncs.some(({ enteredAt, leftAt }) => enteredAt > writtenAt && leftAt < toldAt)
    }),
  )
}
