import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { BodyUnreadable, readArray, readNdjson } from '../ingest/lines.ts'
import { JournalUnavailable } from '../journal/journal.ts'
import type { AppOptions } from './options.ts'

const bytesAtMost = 8 * 1024 * 1024
const linesAtMost = 10_000
const readers: Record<string, typeof readNdjson> = {
  'application/x-ndjson': readNdjson,
  'application/ndjson': readNdjson,
  'application/json': readArray,
}

const tooMuch = `at most ${bytesAtMost} bytes and ${linesAtMost} events a request; send it in parts`

/** `POST /ingest/events`: the public door of the events lane. */
export const ingestRoute = (app: Hono, { core, isToken }: AppOptions): void => {
  app.use('/ingest/*', async (c, next) => {
    if (isToken(c.req.header('authorization'))) return next()
    c.header('WWW-Authenticate', 'Bearer')
    return c.json({ error: 'send the ingest token: Authorization: Bearer …' }, 401)
  })
  const limit = bodyLimit({
    maxSize: bytesAtMost,
    onError: (c) => c.json({ error: tooMuch }, 413),
  })
  app.post('/ingest/events', limit, async (c) => {
    const mediaType = (c.req.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
    const read = readers[mediaType]
    const encoding = c.req.header('content-encoding') ?? 'identity'
    if (!read || encoding !== 'identity') {
      return c.json(
        { error: 'send application/x-ndjson, or application/json for an array; not compressed' },
        415,
      )
    }
    const query = c.req.query()
    try {
      const lines = [...read(new Uint8Array(await c.req.arrayBuffer()))]
      if (lines.length > linesAtMost) return c.json({ error: tooMuch }, 413)
      // asked after the body is here: many senders may have been reading at once
      if (core.ingest.isBusy()) {
        c.header('Retry-After', '1')
        return c.json({ error: 'too much is waiting for the disk; send it again in a second' }, 429)
      }
      return c.json(
        await core.ingest.accept(lines, {
          isBackfill: query.backfill === '1',
          isSimulated: query.simulated === '1',
        }),
      )
    } catch (fault) {
      if (fault instanceof BodyUnreadable) return c.json({ error: fault.message }, 400)
      if (!(fault instanceof JournalUnavailable)) throw fault
      c.header('Retry-After', '2')
      return c.json({ error: `nothing was kept: ${fault.message}; send it again` }, 503)
    }
  })
}
