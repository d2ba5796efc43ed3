import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { createTurns } from '../turns.ts'
import { commandRoutes } from './command-routes.ts'
import { createDoors } from './doors.ts'
import { ingestRoute } from './ingest-route.ts'
import { mapRoutes } from './map-routes.ts'
import { metricsRoute } from './metrics-route.ts'
import type { AppOptions } from './options.ts'
import { quarantineRoutes } from './quarantine-routes.ts'
import { readRoutes } from './read-routes.ts'
import { wallFiles } from './wall-files.ts'

/** Reading a body is the only thing here that another end can cut off. */
const isCutOff = (fault: Error): boolean => (fault as NodeJS.ErrnoException).code === 'ECONNRESET'

/** Every HTTP route of the server. */
export const createApp = (options: AppOptions): Hono => {
  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
    }),
  )
  app.use(async (c, next) => {
    const host = c.req.header('host') ?? ''
    if (options.hosts.includes(host)) return next()
    // a program may call the server by any name that is one: of another the URL of the request cannot be made
    const isName = host === '' || URL.canParse(`http://${host}`)
    if (isName && options.isToken(c.req.header('authorization'))) return next()
    return c.json(
      { error: `this server is not called "${host}"; add its origin to WANGLOU_ORIGINS` },
      421,
    )
  })
  app.use(async (c, next) => {
    const startedMs = options.clock.monotonic()
    await next()
    const tookMs = Math.round(options.clock.monotonic() - startedMs)
    // the path alone: a query may name things
    const { method, path } = c.req
    options.log.debug('Answered', { method, path, status: c.res.status, tookMs })
  })
  const turns = createTurns(options.clock)
  const doors = createDoors(options.clock, options.core, turns)
  ingestRoute(app, options, doors, turns)
  quarantineRoutes(app, options, doors)
  commandRoutes(app, options)
  readRoutes(app, options)
  metricsRoute(app, options)
  mapRoutes(app, options)
  wallFiles(app, options.wallFolder)
  app.onError((fault, c) => {
    // the sender went away in the middle: nobody is left to answer, and nothing has failed here
    if (isCutOff(fault)) return c.json({ error: 'the body was cut off' }, 400)
    const { method, path } = c.req
    options.metrics.failed()
    options.log.error('A request failed here', {
      method,
      path,
      fault: fault.stack ?? String(fault),
    })
    return c.json({ error: 'the server failed here; its log says how' }, 500)
  })
  app.notFound((c) => c.json({ error: 'there is nothing here' }, 404))
  return app
}
