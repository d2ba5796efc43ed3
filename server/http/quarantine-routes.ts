import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { type Line, readLine, readNdjson, TooManyLines } from '../ingest/lines.ts'
import { JournalUnavailable } from '../journal/journal.ts'
import {
  doorNames,
  type KeptLine,
  QuarantineUnavailable,
  type Selection,
} from '../quarantine/quarantine.ts'
import type { Doors } from './doors.ts'
import type { AppOptions } from './options.ts'

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

/** The line as its door gets it; null when there is nothing to be sent. */
const lineOf = (text: string, place: number): Line | null => {
  const bytes = encoder.encode(text)
  const read = readLine(bytes)
  return read && { line: place, bytes, ...read }
}

/** A kept line that is sent again, with what stands in it now. */
interface Again {
  kept: KeptLine
  text: string
  isMended: boolean
}
interface StillRefused {
  n: number
  field: string | null
  reason: string
}

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

  /** Sends lines of one kind through their door, and keeps in the quarantine what it refuses again. */
  const sendAgain = async (
    group: readonly Again[],
  ): Promise<{ taken: Again[]; refused: StillRefused[] }> => {
    const lines: Line[] = []
    const refused: StillRefused[] = []
    for (const [place, { kept, text, isMended }] of group.entries()) {
      const line = lineOf(text, place)
      const isCut = kept.cut && !isMended
      if (line && !isCut) lines.push(line)
      else {
        const reason = isCut ? 'it was too long to be kept whole: send the line itself' : 'empty'
        refused.push({ n: kept.n, field: null, reason })
      }
    }
    const { door, isBackfill, isSimulated, source } = group[0]!.kept
    const passed = await doors[door](lines, { isBackfill, isSimulated, source })
    for (const { line, field, reason } of passed.refused) {
      const { kept, isMended } = group[line]!
      refused.push({ n: kept.n, field, reason: isMended ? `as mended: ${reason}` : reason })
    }
    const stays = new Set(refused.map(({ n }) => n))
    const taken = group.filter(({ kept }) => !stays.has(kept.n))
    await quarantine.settle(
      taken.map(({ kept }) => kept.n),
      refused,
    )
    return { taken, refused }
  }

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
      const mended = new Map(orders.map(({ n, line }) => [n, line]))
      const again = kept.map((each): Again => {
        const line = mended.get(each.n)
        const text = typeof line === 'object' ? JSON.stringify(line) : line
        return {
          kept: each,
          text: text ?? each.text,
          isMended: text !== undefined && text !== each.text,
        }
      })
      const groups = Map.groupBy(again, ({ kept: { door, isBackfill, isSimulated, source } }) =>
        JSON.stringify([door, isBackfill, isSimulated, door === 'tracks' ? source : null]),
      )
      const taken: Again[] = []
      const refused: StillRefused[] = []
      try {
        for (const group of groups.values()) {
          const sent = await sendAgain(group)
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
