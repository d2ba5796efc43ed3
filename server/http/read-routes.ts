import type { Hono } from 'hono'
import { audiences } from '#protocol/event.ts'
import type { Figure } from '#protocol/figure.ts'
import { figuresFor } from '#protocol/served.ts'
import type { AppOptions } from './options.ts'

const rowsAtMost = 10_000
/** A page is read and written so many rows at a time. */
const rowsAtOnce = 500
const encoder = new TextEncoder()

/** A whole number in a query, or null when it is none. */
const wholeNumber = (text: string | undefined, otherwise: number): number | null => {
  if (text === undefined) return otherwise
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** What the server can be asked: its health, its figures, its journal. */
export const readRoutes = (app: Hono, { clock, core, topics, isToken }: AppOptions): void => {
  const { journal, projection, hub } = core

  app.get('/healthz', (c) => {
    const isRecording = journal.unavailable === null
    const health = {
      status: isRecording ? 'ok' : 'not recording',
      recording: isRecording,
      epoch: journal.epoch,
      seq: journal.head,
      clients: hub.clients,
      faults: core.faults().map(({ id, severity, since }) => ({ id, severity, since })),
    }
    return c.json(health, isRecording ? 200 : 503)
  })

  // the same selectors as the wall's, so that what a screen shows can be checked against the server
  app.get('/api/state', (c) => {
    const now = wholeNumber(c.req.query('now'), clock.now())
    if (now === null) return c.json({ error: 'now: milliseconds since 1970 UTC' }, 400)
    const asked = c.req.query('audience') ?? 'wall'
    const audience = audiences.find((each) => each === asked)
    if (!audience) return c.json({ error: `audience: one of ${audiences.join(', ')}` }, 400)
    const figures: Record<string, Figure> = {}
    for (const topic of topics) {
      const own = figuresFor(topic, projection.states.get(topic.name), audience, now)
      for (const [name, figure] of Object.entries(own)) figures[`${topic.name}.${name}`] = figure
    }
    c.header('Cache-Control', 'no-store')
    // whoever may not see where units are is not told how many there are
    const tracks = audience === 'visitor' ? null : { units: core.lane.units.length }
    return c.json({ epoch: journal.epoch, seq: projection.seq, serverTime: now, figures, tracks })
  })

  app.get('/api/journal', async (c) => {
    if (!isToken(c.req.header('authorization'))) {
      c.header('WWW-Authenticate', 'Bearer')
      return c.json({ error: 'send the ingest token: Authorization: Bearer …' }, 401)
    }
    const from = wholeNumber(c.req.query('from'), 1)
    const limit = wholeNumber(c.req.query('limit'), 1000)
    if (from === null || limit === null || from < 1 || limit < 1 || limit > rowsAtMost) {
      return c.json({ error: `from: a seq from 1; limit: 1 to ${rowsAtMost}` }, 400)
    }
    let next = from
    const end = from + limit
    const readOn = async (): Promise<Uint8Array> => {
      const rows = await journal.read(next, Math.min(rowsAtOnce, end - next))
      next = rows.length === 0 ? end : next + rows.length
      return encoder.encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    }
    // before the answer begins, so that a journal that cannot be read is no empty page
    const first = await readOn()
    const pages = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(first),
      async pull(controller) {
        if (next >= end) controller.close()
        else controller.enqueue(await readOn())
      },
    })
    c.header('Content-Type', 'application/x-ndjson')
    c.header('Cache-Control', 'no-store')
    return c.body(pages)
  })
}
