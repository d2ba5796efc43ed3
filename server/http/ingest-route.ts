import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { code } from '#protocol/definition.ts'
import { type AliveRefusal, checkAlive } from '../ingest/check-alive.ts'
import { checkFixes } from '../ingest/check-fix.ts'
import { BodyUnreadable, type Line, readArray, readNdjson, TooManyLines } from '../ingest/lines.ts'
import { JournalUnavailable } from '../journal/journal.ts'
import type { AppOptions } from './options.ts'

const bytesAtMost = 8 * 1024 * 1024
const linesAtMost = 10_000
const readers = new Map([
  ['application/x-ndjson', readNdjson],
  ['application/ndjson', readNdjson],
  ['application/json', readArray],
])
/** What a sending may say of itself; anything else would be taken for real by mistake. */
const switches = new Set(['backfill', 'simulated'])
/** Whom positions are from when the sending does not say so. */
const tracksSource = 'tracks'

const isSource = (text: string): boolean => code(64).safeParse(text).success

const tooMuch = `at most ${bytesAtMost} bytes and ${linesAtMost} events a request; send it in parts`

/** The public doors: `POST /ingest/events`, `/ingest/tracks`, and `/ingest/alive` for who has nothing to say. */
export const ingestRoute = (app: Hono, { clock, core, isToken }: AppOptions): void => {
  app.use('/ingest/*', async (c, next) => {
    if (isToken(c.req.header('authorization'))) return next()
    c.header('WWW-Authenticate', 'Bearer')
    return c.json({ error: 'send the ingest token: Authorization: Bearer …' }, 401)
  })
  const limit = bodyLimit({
    maxSize: bytesAtMost,
    onError: (c) => c.json({ error: tooMuch }, 413),
  })

  /** The lines of a request, or the answer that refuses it as a whole. */
  const readBody = async (c: Context): Promise<Line[] | Response> => {
    const mediaType = (c.req.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
    const read = readers.get(mediaType)
    const encoding = c.req.header('content-encoding') ?? 'identity'
    for (const [name, value] of Object.entries(c.req.query())) {
      if (switches.has(name) && (value === '1' || value === '0')) continue
      if (name === 'source' && c.req.path === '/ingest/tracks' && isSource(value)) continue
      return c.json(
        {
          error: `?${name}=${value} is not known; ?backfill=1 and ?simulated=1 are, and ?source=NAME for tracks`,
        },
        400,
      )
    }
    if (!read || encoding !== 'identity') {
      return c.json(
        { error: 'send application/x-ndjson, or application/json for an array; not compressed' },
        415,
      )
    }
    try {
      return [...read(new Uint8Array(await c.req.arrayBuffer()), linesAtMost)]
    } catch (fault) {
      if (fault instanceof BodyUnreadable) return c.json({ error: fault.message }, 400)
      if (fault instanceof TooManyLines) return c.json({ error: tooMuch }, 413)
      // the sender went away in the middle: nobody is left to answer
      if (c.req.raw.signal.aborted) return c.json({ error: 'the body was cut off' }, 400)
      throw fault
    }
  }

  app.post('/ingest/events', limit, async (c) => {
    const lines = await readBody(c)
    if (lines instanceof Response) return lines
    // asked after the body is here: many senders may have been reading at once
    if (core.ingest.isBusy()) {
      core.sources.turnedAway()
      c.header('Retry-After', '1')
      return c.json({ error: 'too much is waiting for the disk; send it again in a second' }, 429)
    }
    const query = c.req.query()
    try {
      return c.json(
        await core.ingest.accept(lines, {
          isBackfill: query.backfill === '1',
          isSimulated: query.simulated === '1',
        }),
      )
    } catch (fault) {
      if (!(fault instanceof JournalUnavailable)) throw fault
      c.header('Retry-After', '2')
      return c.json({ error: `nothing was kept: ${fault.message}; send it again` }, 503)
    }
  })

  app.post('/ingest/alive', limit, async (c) => {
    const lines = await readBody(c)
    if (lines instanceof Response) return lines
    const refused: AliveRefusal[] = []
    for (const line of lines) {
      const checked = checkAlive(line)
      if ('refusal' in checked) {
        refused.push(checked.refusal)
        continue
      }
      const { source, declared } = checked.alive
      core.sources.heard(source, c.req.query('simulated') === '1')
      core.sources.declare(source, declared)
    }
    return c.json({ heard: lines.length - refused.length, refused })
  })

  app.post('/ingest/tracks', limit, async (c) => {
    const lines = await readBody(c)
    if (lines instanceof Response) return lines
    const { source = tracksSource, simulated } = c.req.query()
    const isSimulated = simulated === '1'
    const { fixes, refused } = checkFixes(lines, clock.now(), isSimulated)
    core.lane.accept(fixes)
    if (lines.length > 0) core.sources.heard(source, isSimulated)
    core.sources.count(source, 'fixes', fixes.length)
    core.sources.count(source, 'refused', refused.length)
    return c.json({ accepted: fixes.length, refused })
  })
}
