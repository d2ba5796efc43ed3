import { existsSync } from 'node:fs'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'

/**
 * The built wall. Files under assets/ carry their hash in their name, so they never change. Each scene has an address
 * of its own, and all of them are the same page.
 */
export const wallFiles = (app: Hono, folder: string): void => {
  if (!existsSync(folder)) {
    for (const path of ['/', '/wall', '/wall/*'])
      app.get(path, (c) =>
        c.text('The wall is not built: run "npm run build", or start with "npm start".\n', 503),
      )
    return
  }
  for (const path of ['/wall', '/wall/*'])
    app.get(
      path,
      serveStatic({
        root: folder,
        rewriteRequestPath: () => '/index.html',
        onFound: (_, c) => c.header('Cache-Control', 'no-cache'),
      }),
    )
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
