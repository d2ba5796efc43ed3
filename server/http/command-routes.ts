import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { actorKinds } from '#protocol/command.ts'
import { code } from '#protocol/definition.ts'
import { faultOfCode } from '../ingest/mask.ts'
import { faultOf } from '../ingest/refusal.ts'
import { JournalUnavailable } from '../journal/journal.ts'
import type { AppOptions } from './options.ts'

const bytesAtMost = 16 * 1024
const fieldsAre = 'docs/operations.md'

const envelope = z.strictObject({
  id: code(64),
  type: z.string(),
  actor: z.strictObject({ kind: z.enum(actorKinds), name: code(32) }),
  body: z.record(z.string(), z.unknown()),
})

/** `POST /api/commands`: the one door by which a person changes something. Until there is a sign-in, the token opens it. */
export const commandRoutes = (app: Hono, { clock, core, isToken }: AppOptions): void => {
  const { commands } = core
  const limit = bodyLimit({
    maxSize: bytesAtMost,
    onError: (c) => c.json({ error: `at most ${bytesAtMost} bytes a command` }, 413),
  })

  app.post('/api/commands', limit, async (c) => {
    c.header('Cache-Control', 'no-store')
    if (!isToken(c.req.header('authorization'))) {
      c.header('WWW-Authenticate', 'Bearer')
      return c.json({ error: 'send the ingest token: Authorization: Bearer …' }, 401)
    }
    if (commands.isBusy()) {
      c.header('Retry-After', '1')
      return c.json({ error: 'too much is under way here; send it again in a second' }, 429)
    }
    let sent: unknown
    try {
      sent = JSON.parse(await c.req.text())
    } catch (fault) {
      if (!(fault instanceof SyntaxError)) throw fault
      return c.json({ error: 'send one command as JSON', field: null }, 400)
    }
    const now = clock.now()
    const parsed = envelope.safeParse(sent)
    const amiss = (field: string | null, error: string) => c.json({ error, field }, 422)
    if (!parsed.success) {
      const { field, reason } = faultOf(parsed.error.issues[0]!, fieldsAre, now)
      return amiss(field, reason)
    }
    const { id, type, actor } = parsed.data
    for (const [field, text] of [
      ['id', id],
      ['actor.name', actor.name],
    ] as const) {
      const fault = faultOfCode(text, now, () => false)
      if (fault) return amiss(field, fault)
    }
    const known = Object.keys(commands.definitions).join(', ')
    const definition = Object.hasOwn(commands.definitions, type)
      ? commands.definitions[type]
      : undefined
    if (!definition) return amiss('type', `unknown command; known are ${known}`)
    const body = definition.body.safeParse(parsed.data.body)
    if (!body.success) {
      const { field, reason } = faultOf(body.error.issues[0]!, fieldsAre, now, ['body'])
      return amiss(field, reason)
    }
    try {
      const order = { id, type, actor, body: body.data as typeof definition.example }
      const answer = await commands.give(order)
      if ('done' in answer) return c.json(answer.done)
      if ('invalid' in answer) return amiss(answer.invalid.field, answer.invalid.reason)
      const { rule, mend, isForbidden } = answer.refused
      return c.json({ error: rule, mend }, isForbidden ? 403 : 409)
    } catch (fault) {
      if (!(fault instanceof JournalUnavailable)) throw fault
      c.header('Retry-After', '2')
      return c.json({ error: `nothing was kept: ${fault.message}; send it again` }, 503)
    }
  })
}
