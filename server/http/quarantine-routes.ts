import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { type Line, readNdjson, TooManyLines } from '../ingest/lines.ts'
import { JournalUnavailable } from '../journal/journal.ts'
import { doorNames, QuarantineUnavailable, type Selection } from '../quarantine/quarantine.ts'
import type { Doors } from './doors.ts'
import type { AppOptions } from './options.ts'
import { type Again, groupsOf, type StillRefused, sendAgain } from './resend.ts'

const bytesAtMost = 8 * 1024 * 1024
const linesAtMost = 10_000
const linesPerPage = 500

const whole = z.coerce.number().int().min(1)
const query = z.strictObject({
  source: z.string().min(1).optional(),
  door: z.enum(doorNames).optional(),
  from: whole.optional(),
  limit: whole.max(linesAtMost).default(100),
})
const number = z.int().min(1)
const toDiscard = z.strictObject({ n: number })
const toResend = z.strictObject({
  n: number,
  line: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
})

const encoder = new TextEncoder()

/** What the keeper of the wall does with refused lines: look at them, take them out, send them again, throw them away. */
export const quarantineRoutes = (
  app: Hono,
  { core: { quarantine, ingest }, isToken }: AppOptions,
  doors: Doors,
): void => {
  app.use('/api/quarantine/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    if (!isToken(c.req.header('authorization'))) {
      c.header('WWW-Authenticate', 'Bearer')
      return c.json({ error: 'send the ingest token: Authorization: Bearer …' }, 401)
    }
    return next()
  })
  const reach =
    (answer: (c: Context) => Promise<Response>) =>
    async (c: Context): Promise<Response> => {
      try {
        return await answer(c)
      } catch (fault) {
        if (!(fault instanceof QuarantineUnavailable)) throw fault
        return c.json({ error: `the quarantine cannot be reached: ${fault.message}` }, 503)
      }
    }
  const limit = bodyLimit({
    maxSize: bytesAtMost,
    onError: (c) => c.json({ error: `at most ${bytesAtMost} bytes a request` }, 413),
  })

  const readQuery = (c: Context) => {
    const parsed = query.safeParse(c.req.query())
    if (parsed.success) {
      const { source, door, from, limit } = parsed.data
      const selection: Selection = {
        ...(source === undefined ? {} : { source }),
        ...(door === undefined ? {} : { door }),
      }
      return { selection, from, limit }
    }
    const known = `?source=NAME, ?door=${doorNames.join('|')}, ?from=N and ?limit=1–${linesAtMost} are`
    const [field = 'one'] = parsed.error.issues[0]!.path
    return c.json({ error: `${String(field)} of the query is not known so; ${known}` }, 400)
  }

  /** The lines of an order, or the answer that refuses all of it. */
  const readOrder = async <Order extends { n: number }>(
    c: Context,
    schema: z.ZodType<Order>,
  ): Promise<Order[] | Response> => {
    const orders = new Map<number, Order>()
    let lines: Line[]
    try {
      lines = [...readNdjson(new Uint8Array(await c.req.arrayBuffer()), linesAtMost)]
    } catch (fault) {
      if (!(fault instanceof TooManyLines)) throw fault
      return c.json({ error: `at most ${linesAtMost} lines a request` }, 413)
    }
    for (const each of lines) {
      const wrong = (why: string) => c.json({ error: `line ${each.line}: ${why}` }, 400)
      if ('unreadable' in each) return wrong(each.unreadable)
      const parsed = schema.safeParse(each.value)
      if (!parsed.success) {
        return wrong('{"n": the number of a kept line}, to resend also "line": the mended one')
      }
      if (orders.has(parsed.data.n)) return wrong(`n ${parsed.data.n} stands here twice`)
      orders.set(parsed.data.n, parsed.data)
    }
    return Array.from(orders.values())
  }

  app.get(
    '/api/quarantine',
    reach(async (c) => {
      const asked = readQuery(c)
      if (asked instanceof Response) return asked
      const { selection, from, limit } = asked
      const lines = await quarantine.list(selection, limit, from)
      return c.json({
        ...quarantine.stats(),
        reasons: await quarantine.reasons(selection),
        kept: lines,
      })
    }),
  )

  app.get(
    '/api/quarantine/export',
    reach(async (c) => {
      const asked = readQuery(c)
      if (asked instanceof Response) return asked
      if (c.req.query('limit') !== undefined)
        return c.json({ error: 'an export has no limit; leave ?limit= out' }, 400)
      let from = asked.from ?? 1
      const pages = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const page = await quarantine.list(asked.selection, linesPerPage, from)
          for (const { n, door, source, reason, text } of page) {
            const line = JSON.stringify({ n, door, source, reason, line: text })
            controller.enqueue(encoder.encode(`${line}\n`))
          }
          from = (page.at(-1)?.n ?? 0) + 1
          if (page.length < linesPerPage) controller.close()
        },
      })
      c.header('Content-Type', 'application/x-ndjson')
      return c.body(pages)
    }),
  )

  app.post(
    '/api/quarantine/discard',
    limit,
    reach(async (c) => {
      const orders = await readOrder(c, toDiscard)
      if (orders instanceof Response) return orders
      const discarded = await quarantine.discard(orders.map(({ n }) => n))
      return c.json({ discarded, missing: orders.length - discarded })
    }),
  )

  app.post(
    '/api/quarantine/resend',
    limit,
    reach(async (c) => {
      const orders = await readOrder(c, toResend)
      if (orders instanceof Response) return orders
      if (ingest.isBusy()) {
        c.header('Retry-After', '1')
        return c.json({ error: 'too much is waiting for the disk; send it again in a second' }, 429)
      }
      const kept = await quarantine.pick(orders.map(({ n }) => n))
      const groups = groupsOf(kept, new Map(orders.map(({ n, line }) => [n, line])))
      const taken: Again[] = []
      const refused: StillRefused[] = []
      try {
        for (const group of groups.values()) {
          const sent = await sendAgain(group, doors, quarantine)
          taken.push(...sent.taken)
          refused.push(...sent.refused)
        }
      } catch (fault) {
        if (!(fault instanceof JournalUnavailable)) throw fault
        c.header('Retry-After', '2')
        return c.json(
          { error: `${taken.length} taken, then no more: ${fault.message}; send it again` },
          503,
        )
      }
      const known = new Set(kept.map(({ n }) => n))
      return c.json({
        taken: taken.length,
        refused: refused.sort((a, b) => a.n - b.n),
        missing: orders.filter(({ n }) => !known.has(n)).map(({ n }) => n),
        // taken as they were kept, so with their numbers masked
        masked: taken
          .filter(({ kept: { masked }, isMended }) => masked && !isMended)
          .map(({ kept: { n } }) => n),
      })
    }),
  )
}
