import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { PMTiles, type Source } from 'pmtiles'
import { afterAll, describe, expect, it } from 'vitest'
import { type CellsFile, readCellShapes } from '#topics/grid-cells/cell-shapes.ts'
import { greyAlphaPng } from '../../tools/map/png.ts'
import { gcj02Of } from '../ingest/coordinates.ts'
import { mapRoutes } from './map-routes.ts'
import { oneTileArchive } from './one-tile.fixture.ts'
import type { AppOptions } from './options.ts'
import { MapFileWrong, readOwnMap } from './own-map.ts'

const folder = mkdtempSync(join(tmpdir(), 'wanglou-map-'))
afterAll(() => rmSync(folder, { recursive: true }))
const png = greyAlphaPng(2, 2, Uint8Array.of(9, 255, 9, 255, 9, 255, 9, 255))
const write = (name: string, content: object | string | Buffer): string => {
  const path = join(folder, name)
  const isText = typeof content === 'string' || Buffer.isBuffer(content)
  writeFileSync(path, isText ? content : JSON.stringify(content))
  return path
}
const faults: string[] = []
const appOf = (map: object): Hono => {
  const ownMap = readOwnMap(write('map.json', map), (line) => faults.push(line))
  const app = new Hono()
  mapRoutes(app, { ownMap, log: { debug() {} } } as unknown as AppOptions)
  return app
}
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

describe('tiles', () => {
  it('come from a folder, and only by numbers of tiles that there can be', async () => {
    mkdirSync(join(folder, 'tiles/1/0'), { recursive: true })
    write('tiles/1/0/1.png', png)
    const app = appOf({ tiles: { folder: 'tiles', extension: 'png', maxZoom: 3 } })
    expect(await (await app.request('/map/own.json')).json()).toEqual({
      tiles: { kind: 'raster', url: '/map/own/tiles/{z}/{x}/{y}', minZoom: 0, maxZoom: 3 },
      shapes: [],
    })
    const there = await app.request('/map/own/tiles/1/0/1')
    expect(there.headers.get('content-type')).toBe('image/png')
    expect(await bytesOf(there)).toEqual(png)
    for (const missing of ['1/1/1', '1/2/1', '4/0/0', '1/0/..%2f1', '-1/0/0'])
      expect((await app.request(`/map/own/tiles/${missing}`)).status).toBe(404)
  })

  it('come from elsewhere by way of this server, and the key stays here', async () => {
    const asked: string[] = []
    const upstream = createServer((request, response) => {
      asked.push(request.url!)
      const isText = request.url!.includes('/0/0/')
      response.writeHead(200, { 'content-type': isText ? 'text/html' : 'image/png' }).end(png)
    })
    await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', () => done()))
    const { port } = upstream.address() as { port: number }
    write('key', 'sésame&1\n')
    const template = `http://127.0.0.1:${port}/t/{z}/{x}/{y}?tk={key}`
    const app = appOf({ tiles: { template, keyFile: 'key' } })
    const told = await (await app.request('/map/own.json')).text()
    expect(told).not.toMatch(/127\.0\.0\.1|same/)
    expect(await bytesOf(await app.request('/map/own/tiles/5/24/13'))).toEqual(png)
    expect(asked).toEqual(['/t/5/24/13?tk=s%C3%A9same%261'])
    // what is no picture is not passed on
    expect((await app.request('/map/own/tiles/0/0/0')).status).toBe(502)
    upstream.close()
    expect((await app.request('/map/own/tiles/5/24/12')).status).toBe(502)
  })

  it('come from a PMTiles file by ranges', async () => {
    write('one.pmtiles', oneTileArchive(png, 0, 0, 0))
    const app = appOf({ tiles: { pmtiles: 'one.pmtiles' } })
    const { tiles } = (await (await app.request('/map/own.json')).json()) as {
      tiles: { url: string }
    }
    const source: Source = {
      getKey: () => 'one',
      async getBytes(offset, length) {
        const headers = { range: `bytes=${offset}-${offset + length - 1}` }
        const answer = await app.request(tiles.url, { headers })
        expect(answer.status).toBe(206)
        return { data: await answer.arrayBuffer() }
      },
    }
    const archive = new PMTiles(source)
    expect(Buffer.from((await archive.getZxy(0, 0, 0))!.data)).toEqual(png)
    expect(await archive.getZxy(3, 1, 1)).toBeUndefined()
    expect((await app.request(tiles.url)).status).toBe(416)
    const far = { headers: { range: 'bytes=999999-1000000' } }
    expect((await app.request(tiles.url, far)).status).toBe(416)
  })
})

describe('shapes', () => {
  const lineOf = (coordinates: unknown, type = 'LineString') => ({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: { name: 'A' }, geometry: { type, coordinates } }],
  })

  it('are turned to WGS-84 from what the file says they are in', async () => {
    const here = [100.8, 22] as [number, number]
    write('lines.geojson', lineOf([gcj02Of(here), gcj02Of([100.9, 22])]))
    const app = appOf({ boundaries: 'lines.geojson', crs: 'gcj02' })
    const [shape] = (await (await app.request('/map/own/shapes/boundaries')).json()) as {
      name: string
      line: [number, number][]
    }[]
    expect(shape!.name).toBe('A')
    expect(shape!.line[0]![0]).toBeCloseTo(100.8, 6)
    expect(shape!.line[0]![1]).toBeCloseTo(22, 6)
    expect((await app.request('/map/own/shapes/toString')).status).toBe(404)
  })

  it('that are wrong are told by file, feature and field, and the rest goes on', async () => {
    const good = lineOf([
      [100, 22],
      [101, 22],
    ])
    write('good.geojson', good)
    const bad = lineOf([
      [100, 22],
      [100, 95],
    ])
    write('bad.geojson', { ...good, features: [...good.features, ...bad.features] })
    faults.length = 0
    const app = appOf({ boundaries: 'bad.geojson', townships: 'good.geojson' })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(
      /boundaries: .*bad\.geojson, feature 2, geometry\.coordinates\.1\.1: .*the built-in map stays/,
    )
    expect(await (await app.request('/map/own.json')).json()).toEqual({
      tiles: null,
      shapes: [{ name: 'townships', url: '/map/own/shapes/townships' }],
    })
  })
})

describe('cells', () => {
  const square = (lon: number, lat: number, side = 0.01) => [
    [lon, lat],
    [lon + side, lat],
    [lon + side, lat + side],
    [lon, lat + side],
    [lon, lat],
  ]
  const cellOf = (code: unknown, coordinates: unknown, type = 'Polygon') => ({
    type: 'Feature',
    properties: { code },
    geometry: { type, coordinates },
  })
  const collection = (...features: object[]) => ({ type: 'FeatureCollection', features })
  const shapesOf = async (app: Hono) =>
    readCellShapes((await (await app.request('/map/cells.json')).json()) as CellsFile)

  it('take the place of the built-in ones, each by its code, with their parts and holes', async () => {
    write(
      'cells.geojson',
      collection(
        cellOf('532801001-001', [square(100.8, 22), square(100.803, 22.003, 0.002)]),
        cellOf('532801001-009', [[square(101, 22)], [square(101.1, 22)]], 'MultiPolygon'),
      ),
    )
    const shapes = await shapesOf(appOf({ cells: 'cells.geojson' }))
    expect(shapes.map(({ cell }) => cell)).toEqual([
      '532801001-001',
      '532801001-009',
      '532801001-009',
    ])
    const [first] = shapes
    expect(first!.holes[0]).toHaveLength(4)
    expect(first!.ring).toHaveLength(4)
    expect(first!.ring[2]![0]).toBeCloseTo(100.81, 5)
    expect(first!.ring[2]![1]).toBeCloseTo(22.01, 5)
  })

  it('are turned to WGS-84', async () => {
    const ring = square(100.8, 22).map(([lon, lat]) => gcj02Of([lon!, lat!]))
    write('gcj02.geojson', collection(cellOf('532801001-001', [ring])))
    const [shape] = await shapesOf(appOf({ cells: 'gcj02.geojson', crs: 'gcj02' }))
    expect(shape!.ring[0]![0]).toBeCloseTo(100.8, 4)
    expect(shape!.ring[0]![1]).toBeCloseTo(22, 4)
  })

  it.each([
    ['properties.code', [cellOf(7, [square(100.8, 22)])], 1],
    ['properties.code', [cellOf('A', [square(1, 2)]), cellOf('A', [square(3, 4)])], 2],
    ['geometry.type', [cellOf('A', square(100.8, 22), 'LineString')], 1],
    [
      'geometry.coordinates.0.2.1',
      [
        cellOf('A', [
          [
            [1, 2],
            [2, 2],
            [2, 99],
            [1, 2],
          ],
        ]),
      ],
      1,
    ],
    // an area that is none has no middle
    ['geometry.coordinates', [cellOf('A', [square(1, 2, 1e-7)])], 1],
  ])('that are wrong in %s are told, and the built-in ones stay', async (field, features, at) => {
    write('bad-cells.geojson', collection(...features))
    faults.length = 0
    const app = appOf({ cells: 'bad-cells.geojson' })
    expect(faults).toEqual([
      expect.stringMatching(
        `^WANGLOU_MAP, cells: .*bad-cells.geojson, feature ${at}, ${field}: .*the built-in map stays$`,
      ),
    ])
    expect((await app.request('/map/cells.json')).status).toBe(404)
  })
})

it('a map file that cannot be used says which field', () => {
  expect(() => appOf({ tiles: { template: 'https://a/{z}/{x}' } })).toThrow(MapFileWrong)
  expect(() => appOf({ tiles: { folder: 'x', extension: 'gif' } })).toThrow(MapFileWrong)
  // pictures cannot be converted
  const gcj02 = { folder: 'tiles', extension: 'png', crs: 'gcj02' }
  expect(() => appOf({ tiles: gcj02 })).toThrow(MapFileWrong)
  expect(() => appOf({ border: 'x' })).toThrow(/border/)
  expect(() => readOwnMap(join(folder, 'none.json'), () => {})).toThrow(/none\.json/)
})
