import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { type CoordinateSystem, coordinateSystems } from '../ingest/coordinates.ts'
import { type Cell, readCells, readShapes, type Shape } from './own-shapes.ts'

/** The file of the deployment's own map cannot be used; the message names the field and the mend. */
export class MapFileWrong extends Error {
  override name = 'MapFileWrong'
}

const zoom = z.int().min(0).max(22)
const zooms = { minZoom: zoom.default(0), maxZoom: zoom.default(18) }
/** Pictures in GCJ-02 would lie half a kilometre off: a picture cannot be converted. */
const crs = z.enum(['wgs84', 'cgcs2000']).default('wgs84')
const tiles = z.union([
  z.strictObject({
    /** where another server has them; it is asked by this one, so that no page leaves its origin */
    template: z
      .url({ protocol: /^https?$/ })
      .refine((text) => ['{x}', '{y}', '{z}'].every((part) => text.includes(part)), {
        error: 'must hold {x}, {y} and {z}',
      }),
    /** a file whose text takes the place of {key}; it stays on the server */
    keyFile: z.string().optional(),
    crs,
    ...zooms,
  }),
  z.strictObject({
    /** z/x/y.extension below it */
    folder: z.string(),
    extension: z.enum(['png', 'jpg', 'webp']),
    crs,
    ...zooms,
  }),
  z.strictObject({ pmtiles: z.string(), crs, ...zooms }),
])
const file = z.strictObject({
  tiles: tiles.optional(),
  boundaries: z.string().optional(),
  townships: z.string().optional(),
  /** areas with a `code` each, in place of the synthetic ones */
  cells: z.string().optional(),
  /** of the shapes */
  crs: z.enum(coordinateSystems).default('wgs84'),
})

/** Where pictures of the ground come from, with absolute paths. */
export type Tiles = { minZoom: number; maxZoom: number } & (
  | { kind: 'proxy'; urlOf(x: number, y: number, z: number): string }
  | { kind: 'folder'; folder: string; extension: 'png' | 'jpg' | 'webp' }
  | { kind: 'pmtiles'; file: string }
)
/** What a deployment lays over the map that comes with Wanglou, or puts in place of its relief. */
export interface OwnMap {
  tiles: Tiles | null
  shapes: Readonly<Partial<Record<'boundaries' | 'townships', readonly Shape[]>>>
  /** null: the built-in ones */
  cells: readonly Cell[] | null
}
export const noOwnMap: OwnMap = { tiles: null, shapes: {}, cells: null }

const tilesOf = (given: z.infer<typeof tiles>, from: (path: string) => string): Tiles => {
  const { minZoom, maxZoom } = given
  if ('folder' in given) {
    const { folder, extension } = given
    return { kind: 'folder', folder: from(folder), extension, minZoom, maxZoom }
  }
  if ('pmtiles' in given) return { kind: 'pmtiles', file: from(given.pmtiles), minZoom, maxZoom }
  const key = given.keyFile ? readFileSync(from(given.keyFile), 'utf8').trim() : ''
  const { template } = given
  return {
    kind: 'proxy',
    minZoom,
    maxZoom,
    urlOf: (x, y, zoomed) =>
      template
        .replaceAll('{x}', String(x))
        .replaceAll('{y}', String(y))
        .replaceAll('{z}', String(zoomed))
        .replaceAll('{key}', encodeURIComponent(key)),
  }
}

/**
 * Reads `WANGLOU_MAP`; its paths are beside it. Throws `MapFileWrong` where the file itself cannot be used. Shapes that
 * cannot be are told to `onFault` and left out: the built-in ones stay.
 */
export const readOwnMap = (path: string, onFault: (sentence: string) => void): OwnMap => {
  const from = (name: string) => resolve(dirname(path), name)
  const wrong = (why: string) => new MapFileWrong(`WANGLOU_MAP: ${path}: ${why}`)
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (fault) {
    throw wrong(`cannot be read as JSON (${(fault as Error).message})`)
  }
  const checked = file.safeParse(value)
  if (!checked.success) throw wrong(z.prettifyError(checked.error))
  const { crs, ...given } = checked.data
  /** What `read` makes of the file of that name; null where there is none, or none that can be used. */
  const readOwn = <Read>(
    name: 'boundaries' | 'townships' | 'cells',
    read: (path: string, crs: CoordinateSystem) => Read,
  ): Read | null => {
    const own = given[name]
    try {
      return own === undefined ? null : read(from(own), crs)
    } catch (fault) {
      onFault(`WANGLOU_MAP, ${name}: ${(fault as Error).message}; the built-in map stays`)
      return null
    }
  }
  const boundaries = readOwn('boundaries', readShapes)
  const townships = readOwn('townships', readShapes)
  const shapes = { ...(boundaries && { boundaries }), ...(townships && { townships }) }
  const cells = readOwn('cells', readCells)
  try {
    return { tiles: given.tiles ? tilesOf(given.tiles, from) : null, shapes, cells }
  } catch (fault) {
    throw wrong(`tiles.keyFile cannot be read (${(fault as Error).message})`)
  }
}
