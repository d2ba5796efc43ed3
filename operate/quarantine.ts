import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { SettingsWrong } from '#server/settings.ts'
import { helpText, readOrder, type Selection, WrongOption } from './quarantine-options.ts'
import { openWallDoor, type WallDoor, WallRefused } from './wall-door.ts'

const linesPerRequest = 1000
const charactersPerRequest = 2_000_000

interface Listed {
  lines: number
  bytes: number
  notKept: number
  evicted: number
  reasons: {
    door: string
    source: string | null
    field: string | null
    reason: string
    count: number
  }[]
  kept: {
    n: number
    receivedAt: number
    door: string
    source: string | null
    field: string | null
    reason: string
    text: string
    masked: boolean
  }[]
}
interface Resent {
  taken: number
  refused: { n: number; field: string | null; reason: string }[]
  missing: number[]
  masked: number[]
}

const queryOf = (selection: Selection): string => `?${new URLSearchParams(selection)}`
const why = (field: string | null, reason: string): string =>
  field === null ? reason : `${field}: ${reason}`
const short = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text)

const list = async (wall: WallDoor, selection: Selection): Promise<void> => {
  const answer = await wall.ask(`/api/quarantine${queryOf({ limit: '20', ...selection })}`)
  const { lines, bytes, notKept, evicted, reasons, kept } = (await answer.json()) as Listed
  console.log(`${lines} lines are kept (${(bytes / 1024 / 1024).toFixed(1)} MiB)`)
  if (evicted > 0) console.log(`${evicted} older ones have been let go since the server's start`)
  if (notKept > 0) console.log(`${notKept} could not be kept since the server's start`)
  for (const { door, source, field, reason, count } of reasons)
    console.log(`${String(count).padStart(7)} × ${door} of ${source ?? '?'}: ${why(field, reason)}`)
  for (const { n, receivedAt, door, source, field, reason, text, masked } of kept) {
    const time = new Date(receivedAt).toISOString()
    console.log(`\n#${n} ${time} ${door} of ${source ?? '?'}${masked ? ', masked' : ''}`)
    console.log(`  ${why(field, reason)}\n  ${short(text)}`)
  }
}

const exportAll = async (wall: WallDoor, selection: Selection): Promise<void> => {
  const { body } = await wall.ask(`/api/quarantine/export${queryOf(selection)}`)
  const decoder = new TextDecoder()
  for await (const chunk of body ?? [])
    process.stdout.write(decoder.decode(chunk, { stream: true }))
}

/** The lines of a file, as the wall wants them, in requests that it takes. */
async function* requestsOf(file: string): AsyncGenerator<{ n: number; line?: unknown }[]> {
  let lines: { n: number; line?: unknown }[] = []
  let characters = 0
  let place = 0
  for await (const text of createInterface({ input: createReadStream(file) })) {
    place += 1
    if (text.trim() === '') continue
    let read: { n?: unknown; line?: unknown } | null = null
    try {
      read = JSON.parse(text)
    } catch {}
    if (typeof read?.n !== 'number')
      throw new WallRefused(
        `Line ${place} of ${file} is not {"n": …, "line": …}; nothing after it was sent.`,
      )
    lines.push(read.line === undefined ? { n: read.n } : { n: read.n, line: read.line })
    characters += text.length
    if (lines.length < linesPerRequest && characters < charactersPerRequest) continue
    yield lines
    lines = []
    characters = 0
  }
  if (lines.length > 0) yield lines
}

/** Resolves with whether every line was taken. */
const resend = async (wall: WallDoor, file: string): Promise<boolean> => {
  let taken = 0
  let masked = 0
  let left = 0
  for await (const lines of requestsOf(file)) {
    const answer = (await (await wall.ask('/api/quarantine/resend', lines)).json()) as Resent
    taken += answer.taken
    masked += answer.masked.length
    left += answer.refused.length + answer.missing.length
    for (const { n, field, reason } of answer.refused) console.log(`#${n} ${why(field, reason)}`)
    for (const n of answer.missing) console.log(`#${n} is not kept any more`)
  }
  const ofMasked = masked > 0 ? ` (${masked} of them with numbers masked)` : ''
  console.log(`${taken} lines taken${ofMasked}, ${left} not`)
  return left === 0
}

const discard = async (wall: WallDoor, ns: readonly number[]): Promise<void> => {
  let discarded = 0
  for (let at = 0; at < ns.length; at += linesPerRequest) {
    const lines = ns.slice(at, at + linesPerRequest).map((n) => ({ n }))
    const answer = await wall.ask('/api/quarantine/discard', lines)
    discarded += ((await answer.json()) as { discarded: number }).discarded
  }
  console.log(`${discarded} lines thrown away, ${ns.length - discarded} were not there`)
}

const numbersOf = async (wall: WallDoor, selection: Selection): Promise<number[]> => {
  const text = await (await wall.ask(`/api/quarantine/export${queryOf(selection)}`)).text()
  return text
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { n: number }).n]))
}

const run = async (): Promise<number> => {
  const order = readOrder(process.argv.slice(2))
  if (order.what === 'help') {
    console.log(helpText)
    return 0
  }
  const wall = openWallDoor(process.env)
  if (order.what === 'list') await list(wall, order.selection)
  else if (order.what === 'export') await exportAll(wall, order.selection)
  else if (order.what === 'discard') await discard(wall, order.ns)
  else if (order.what === 'discard all') await discard(wall, await numbersOf(wall, order.selection))
  else {
    // npm runs scripts in the folder of package.json; a path is meant from where it was typed
    const from = process.env.npm_lifecycle_event === 'quarantine' ? process.env.INIT_CWD : undefined
    return (await resend(wall, resolve(from ?? '.', order.file))) ? 0 : 1
  }
  return 0
}

const isSayable = (fault: unknown): fault is Error =>
  fault instanceof WallRefused ||
  fault instanceof SettingsWrong ||
  (fault as NodeJS.ErrnoException).code !== undefined

process.exitCode = await run().catch((fault: unknown) => {
  if (fault instanceof WrongOption) {
    console.error(`${fault.message} See --help.`)
    return 2
  }
  console.error(isSayable(fault) ? fault.message : fault)
  return 1
})
