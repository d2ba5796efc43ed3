import { existsSync } from 'node:fs'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'

/** The built wall. Files under assets/ carry their hash in their name, so they never change. */
export const wallFiles = (app: Hono, folder: string): void => {
  if (!existsSync(folder)) {
    app.get('/', (c) =>
      c.text('The wall is not built: run "npm run build", or start with "npm start".\n', 503),
    )
    return
  }
  app.get(
    '*',
    serveStatic({
      root: folder,
      onFound: (path, c) => {
        const isHashed = path.includes('/assets/')
        c.header('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
  )
}
