import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface ReplayOptions {
  file: string
  url: string
  /** times the recording's own pace; null sends events as fast as the door takes them, positions at 1 */
  speed: number | null
  loop: boolean
  keepTime: boolean
  /** makes ids and incident numbers new: `~LABEL` */
  tag: string | null
}

/** The command line is wrong; the message says how. */
export class WrongOption extends Error {}

export const helpText = `npm run replay -- FILE [--url URL] [--speed N] [--loop] [--keep-time] [--tag LABEL]

Sends a recording (one event or one position a line, plain or gzip) through the door of a running wall.
Events: the last record becomes now, true intervals are kept, and it goes as history, as fast as the door takes it.
Positions ({unit, at, lon, lat, …}): the first becomes now, and each is sent when its time comes.

  --url URL     where the wall is (default http://127.0.0.1:$WANGLOU_PORT, port 8080)
  --speed N     send live at N times the recording's own pace: its first record becomes now (positions: default 1)
  --loop        start over at the end, until stopped; events get new ids and incident numbers (~2, ~3, …)
  --keep-time   leave the times as they are (sent as history; with --speed at that pace); not for positions
  --tag LABEL   add ~LABEL to ids and incident numbers: for a file that this journal has seen before; not for positions
  --help        this page

The token is WANGLOU_INGEST_TOKEN, else the file ingest-token in WANGLOU_DATA (default ./data).`

const urlOf = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href
  throw new WrongOption(`--url must be an http address, not "${text}".`)
}

const speedOf = (text: string): number => {
  const speed = Number(text)
  if (text.trim() !== '' && Number.isFinite(speed) && speed > 0) return speed
  throw new WrongOption(`--speed must be a number above 0, not "${text}".`)
}

const tagOf = (text: string): string => {
  if (/^[\p{L}\p{N}._-]{1,16}$/u.test(text)) return text
  throw new WrongOption(`--tag must be 1 to 16 letters, digits or . _ -, not "${text}".`)
}

/** Reads the command line; null when it asks for help. */
export const readOptions = (args: string[], defaultUrl: string): ReplayOptions | null => {
  const parse = () => {
    try {
      return parseArgs({
        args,
        allowPositionals: true,
        options: {
          url: { type: 'string', default: defaultUrl },
          speed: { type: 'string' },
          loop: { type: 'boolean', default: false },
          'keep-time': { type: 'boolean', default: false },
          tag: { type: 'string' },
          help: { type: 'boolean', default: false },
        },
      })
    } catch (error) {
      const [sentence = ''] = (error as Error).message.split(/\.\s|\n/)
      throw new WrongOption(`${sentence.replace(/\.$/, '')}.`)
    }
  }
  const { values, positionals } = parse()
  if (values.help) return null
  const [file, more] = positionals
  if (!file) throw new WrongOption('Name the file to replay.')
  if (more !== undefined) throw new WrongOption(`One file at a time: "${more}" is one too many.`)
  return {
    file,
    url: urlOf(values.url),
    speed: values.speed === undefined ? null : speedOf(values.speed),
    loop: values.loop,
    keepTime: values['keep-time'],
    tag: values.tag === undefined ? null : tagOf(values.tag),
  }
}
