import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import {
  BodyUnreadable,
  type Line,
  type Lines,
  readArray,
  readNdjson,
  TooManyLines,
} from '../ingest/lines.ts'
import { faultOfCode } from '../ingest/mask.ts'
import { sourceName } from '../ingest/source-name.ts'
import { JournalUnavailable } from '../journal/journal.ts'
import { type DoorName, doorNames } from '../quarantine/quarantine.ts'
import type { Turns } from '../turns.ts'
import { type Doors, refusedOf, type Switches } from './doors.ts'
import type { AppOptions } from './options.ts'

const bytesAtMost = 8 * 1024 * 1024
const linesAtMost = 10_000
/** Lines of all sendings that are under way at a door; with more, senders are asked to come back later. A long one counts by the KiB. */
const linesUnderWayAtMost = 60_000
type Reader = (body: Uint8Array, linesAtMost: number) => Lines
const readers = new Map<string, Reader>([
  ['application/x-ndjson', readNdjson],
  ['application/ndjson', readNdjson],
  ['application/json', readArray],
])
/** What a sending may say of itself; anything else would be taken for real by mistake. */
const switches = new Set(['backfill', 'simulated'])

const tooMuch = `at most ${bytesAtMost} bytes and ${linesAtMost} events a request; send it in parts`

/** The public doors: `POST /ingest/events`, `/ingest/tracks`, and `/ingest/alive` for who has nothing to say. */
export const ingestRoute = (
  app: Hono,
  { clock, core, isToken }: AppOptions,
  doors: Doors,
  turns: Turns,
): void => {
  const isSource = (text: string): boolean =>
    sourceName.safeParse(text).success && faultOfCode(text, clock.now(), () => false) === null

  app.use('/ingest/*', async (c, next) => {
    if (isToken(c.req.header('authorization'))) return next()
    c.header('WWW-Authenticate', 'Bearer')
    return c.json({ error: 'send the ingest token: Authorization: Bearer …' }, 401)
  })
  const limit = bodyLimit({
    maxSize: bytesAtMost,
    onError: (c) => c.json({ error: tooMuch }, 413),
  })

  /** How to read a request's body, or the answer that refuses it as a whole. */
  const readerOf = (c: Context): Reader | Response => {
    const mediaType = (c.req.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
    const read = readers.get(mediaType)
    const encoding = c.req.header('content-encoding') ?? 'identity'
    for (const [name, value] of Object.entries(c.req.query())) {
      if (switches.has(name) && (value === '1' || value === '0')) continue
      if (name === 'source' && c.req.path === '/ingest/tracks' && isSource(value)) continue
      // what was sent is not repeated: it may hold a number
      const error =
        'a switch that is not known; ?backfill=1 and ?simulated=1 are, and ?source=NAME for tracks'
      return c.json({ error }, 400)
    }
    if (!read || encoding !== 'identity') {
      return c.json(
        { error: 'send application/x-ndjson, or application/json for an array; not compressed' },
        415,
      )
    }
    return read
  }

  /** Answers for each line once what was taken is taken, and what was refused is kept. */
  const answer = async (c: Context, door: DoorName, lines: Iterable<Line>): Promise<Response> => {
    const { backfill, simulated, source = null } = c.req.query()
    const switches: Switches = {
      isBackfill: backfill === '1',
      isSimulated: simulated === '1',
      source,
    }
    const byNumber = new Map<number, Line>()
    const noted = function* () {
      for (const line of lines) {
        byNumber.set(line.line, line)
        yield line
      }
    }
    const { took, refused } = await doors[door](noted(), switches)
    const now = clock.now()
    const toKeep = await refusedOf(door, byNumber, switches, refused, { now, core, turns })
    const quarantined = await core.quarantine.keep(toKeep)
    return c.json({ ...took, refused, quarantined })
  }

  for (const door of doorNames) {
    let linesUnderWay = 0
    app.post(`/ingest/${door}`, limit, async (c) => {
      const read = readerOf(c)
      if (read instanceof Response) return read
      let body: Uint8Array
      try {
        body = new Uint8Array(await c.req.arrayBuffer())
      } catch (fault) {
        // the sender went away in the middle: nobody is left to answer
        if (c.req.raw.signal.aborted) return c.json({ error: 'the body was cut off' }, 400)
        throw fault
      }
      // asked after the body is here: many senders may have been reading at once
      if (linesUnderWay > linesUnderWayAtMost || (door === 'events' && core.ingest.isBusy())) {
        core.sources.turnedAway()
        c.header('Retry-After', '1')
        return c.json({ error: 'too much is under way here; send it again in a second' }, 429)
      }
      let counted = 0
      try {
        const lines = read(body, linesAtMost)
        counted = Math.max(lines.count, body.length / 1024)
        linesUnderWay += counted
        return await answer(c, door, lines)
      } catch (fault) {
        if (fault instanceof BodyUnreadable) return c.json({ error: fault.message }, 400)
        if (fault instanceof TooManyLines) return c.json({ error: tooMuch }, 413)
        if (!(fault instanceof JournalUnavailable)) throw fault
        c.header('Retry-After', '2')
        return c.json({ error: `nothing was kept: ${fault.message}; send it again` }, 503)
      } finally {
        linesUnderWay -= counted
      }
    })
  }
}
