import { parseArgs } from 'node:util'

const doors = ['events', 'tracks', 'alive']

/** The command line is wrong; the message says how. */
export class WrongOption extends Error {
  override name = 'WrongOption'
}

/** Which kept lines are meant, as the query of `/api/quarantine` has it. */
export type Selection = Readonly<Record<string, string>>

/** What the command line asks for. */
export type QuarantineOrder =
  | { what: 'help' }
  | { what: 'list'; selection: Selection }
  | { what: 'export'; selection: Selection }
  | { what: 'resend'; file: string }
  | { what: 'discard'; ns: number[] }
  | { what: 'discard all'; selection: Selection }

export const helpText = `npm run quarantine -- list|export|resend FILE|discard N… [--source NAME] [--door NAME] [--from N]

What the doors refused, kept until it is mended or thrown away.

  list            how many are kept, for which reasons, and the newest lines (20, or --limit)
  export          every line as NDJSON {n, door, source, reason, line}: npm run -s quarantine -- export > FILE
  resend FILE     sends the lines of such a file again, each through its own door; mend "line" in it first
  discard N…      throws these away; discard --all throws away what --source and --door select, or everything

  --source NAME   only what this source sent
  --door NAME     only what came to this door: ${doors.join(', ')}
  --from N        from this number upwards
  --help          this page

Exit code 0: done. 1: some lines were refused again, or the wall cannot be reached. 2: the command line is wrong.
The wall is the one of WANGLOU_PORT and WANGLOU_DATA, as the server reads them.`

const wholeNumber = (text: string, name: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new WrongOption(`${name} must be a whole number above 0, not "${text}".`)
}

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        source: { type: 'string' },
        door: { type: 'string' },
        from: { type: 'string' },
        limit: { type: 'string' },
        all: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/)
    throw new WrongOption(`${sentence.replace(/\.$/, '')}.`)
  }
}

/** Reads the command line; throws `WrongOption`. */
export const readOrder = (args: string[]): QuarantineOrder => {
  const { values, positionals } = parse(args)
  const [what, ...rest] = positionals
  if (values.help) return { what: 'help' }
  const { source, door, from, limit } = values
  if (door !== undefined && !doors.includes(door))
    throw new WrongOption(`--door must be one of ${doors.join(', ')}, not "${door}".`)
  const selection: Selection = {
    ...(source === undefined ? {} : { source }),
    ...(door === undefined ? {} : { door }),
    ...(from === undefined ? {} : { from: String(wholeNumber(from, '--from')) }),
    ...(limit === undefined ? {} : { limit: String(wholeNumber(limit, '--limit')) }),
  }
  if (what !== 'list' && limit !== undefined) throw new WrongOption('--limit is for list.')
  if (what !== 'discard' && values.all) throw new WrongOption('--all is for discard.')
  if (what === 'list' || what === 'export') {
    if (rest.length > 0) throw new WrongOption(`${what} takes no "${rest[0]}".`)
    return { what, selection }
  }
  if (what === 'discard' && values.all) {
    if (rest.length > 0) throw new WrongOption('--all, or numbers; not both.')
    return { what: 'discard all', selection }
  }
  if (Object.keys(selection).length > 0)
    throw new WrongOption('--source, --door and --from are for list, export and discard --all.')
  if (what === 'resend') {
    const [file, more] = rest
    if (file === undefined) throw new WrongOption('Name the file to send again.')
    if (more !== undefined) throw new WrongOption(`One file at a time: "${more}" is one too many.`)
    return { what, file }
  }
  if (what === 'discard') {
    if (rest.length === 0) throw new WrongOption('Name the numbers to throw away, or --all.')
    return { what, ns: rest.map((text) => wholeNumber(text, 'what is thrown away')) }
  }
  throw new WrongOption(what === undefined ? 'Say what to do.' : `There is no "${what}".`)
}
