import type { Hono } from 'hono'
import type { AppOptions } from './options.ts'

/** `GET /metrics`, for Prometheus: counts and clocks, and nothing of what any line says. */
export const metricsRoute = (app: Hono, { metrics }: AppOptions): void => {
  app.get('/metrics', async (c) => {
    c.header('Content-Type', metrics.contentType)
    c.header('Cache-Control', 'no-store')
    return c.body(await metrics.text())
  })
}
