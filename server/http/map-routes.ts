import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hono } from 'hono'
import type { AppOptions } from './options.ts'
import { noOwnMap, type OwnMap } from './own-map.ts'
import { cellQuantumDegrees } from './own-shapes.ts'

/** What a page may ask for at once of a PMTiles file, and what a tile may weigh, bytes. */
const rangeBytesAtMost = 8 * 2 ** 20
const tileBytesAtMost = 2 * 2 ** 20
const upstreamWithinMs = 8000
const dayS = 86_400
const types = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' }

const rangeOf = (header: string | undefined): { from: number; to: number } | null => {
  const found = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header ?? '')
  if (!found) return null
  const [from, to] = [Number(found[1]), Number(found[2])]
  return to >= from && to - from < rangeBytesAtMost ? { from, to } : null
}

/** What the page is told of the map: where to ask, never a folder, an address or a key. */
const toldOf = ({ tiles, shapes }: OwnMap) => ({
  tiles: tiles && {
    kind: tiles.kind === 'pmtiles' ? 'pmtiles' : 'raster',
    url: tiles.kind === 'pmtiles' ? '/map/own/tiles.pmtiles' : '/map/own/tiles/{z}/{x}/{y}',
    minZoom: tiles.minZoom,
    maxZoom: tiles.maxZoom,
  },
  shapes: Object.keys(shapes).map((name) => ({ name, url: `/map/own/shapes/${name}` })),
})

/** The deployment's own map. All of it comes from this server: what is elsewhere is asked for by it. */
export const mapRoutes = (app: Hono, { ownMap = noOwnMap, log }: AppOptions): void => {
  const { tiles, shapes, cells } = ownMap
  if (cells)
    app.get('/map/cells.json', (c) => {
      c.header('Cache-Control', 'no-cache')
      return c.json({ quantumDegrees: cellQuantumDegrees, origin: [0, 0], cells })
    })
  if (!tiles && Object.keys(shapes).length === 0) return

  app.get('/map/own.json', (c) => {
    c.header('Cache-Control', 'no-cache')
    return c.json(toldOf(ownMap))
  })
  app.get('/map/own/shapes/:name', (c) => {
    const found = Object.entries(shapes).find(([name]) => name === c.req.param('name'))
    return found ? c.json(found[1]) : c.notFound()
  })

  if (tiles?.kind === 'pmtiles')
    app.get('/map/own/tiles.pmtiles', async (c) => {
      const range = rangeOf(c.req.header('range'))
      if (!range) return c.json({ error: 'ask for a range of at most 8 MiB' }, 416)
      const file = await open(tiles.file)
      try {
        const { size } = await file.stat()
        const length = Math.min(size, range.to + 1) - range.from
        if (length <= 0) return c.json({ error: 'beyond the end' }, 416)
        const bytes = new Uint8Array(length)
        await file.read(bytes, 0, length, range.from)
        c.header('Content-Range', `bytes ${range.from}-${range.from + length - 1}/${size}`)
        c.header('Content-Type', 'application/octet-stream')
        return c.body(bytes, 206)
      } finally {
        await file.close()
      }
    })

  if (tiles && tiles.kind !== 'pmtiles')
    app.get('/map/own/tiles/:z{\\d{1,2}}/:x{\\d{1,8}}/:y{\\d{1,8}}', async (c) => {
      const [z, x, y] = [c.req.param('z'), c.req.param('x'), c.req.param('y')].map(Number) as [
        number,
        number,
        number,
      ]
      if (z < tiles.minZoom || z > tiles.maxZoom || x >= 2 ** z || y >= 2 ** z)
        return c.json({ error: 'there is no such tile' }, 404)
      c.header('Cache-Control', `max-age=${dayS}`)
      if (tiles.kind === 'folder') {
        const path = join(tiles.folder, String(z), String(x), `${y}.${tiles.extension}`)
        const file = await open(path).catch(() => null)
        if (!file) return c.json({ error: 'there is no such tile' }, 404)
        try {
          c.header('Content-Type', types[tiles.extension])
          return c.body(new Uint8Array(await file.readFile()))
        } finally {
          await file.close()
        }
      }
      try {
        const answer = await fetch(tiles.urlOf(x, y, z), {
          redirect: 'error',
          signal: AbortSignal.timeout(upstreamWithinMs),
        })
        const type = answer.headers.get('content-type') ?? ''
        const bytes = new Uint8Array(await answer.arrayBuffer())
        if (!answer.ok || !type.startsWith('image/') || bytes.length > tileBytesAtMost)
          throw new Error(`${answer.status} ${type}, ${bytes.length} bytes`)
        c.header('Content-Type', type)
        return c.body(bytes)
      } catch (fault) {
        // never the address: it holds the key
        log.debug('A tile could not be had', { z, x, y, fault: (fault as Error).message })
        c.header('Cache-Control', 'no-store')
        return c.json({ error: 'the tile could not be had' }, 502)
      }
    })
}
