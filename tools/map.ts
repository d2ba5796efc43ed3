import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { type Divisions, divisionsFrom, type Shapes } from './map/divisions.ts'
import { type FadedLine, fade } from './map/fade.ts'
import { formLines } from './map/form-lines.ts'
import { type Line, smooth, thin } from './map/geometry.ts'
import { fitForeign, nationalStretches, readCountryBorders } from './map/neighbours.ts'
import { readShapes } from './map/package-file.ts'
import { placesFrom, type Seat } from './map/places.ts'
import { type ElevationSource, heightPicture, readElevation, shadeRelief } from './map/relief.ts'

interface River {
  /** 1 is the great one, 4 the least */
  level: number
  line: Line
}

const own = 'yun2_nan2_xi1_shuang1_ban3_na4_dai3_zu2_zi4_zhi4_zhou1'
const neighbours = [
  'pu3_er3',
  'lin2_cang1',
  'yu4_xi1',
  'da4_li3_bai2_zu2_zi4_zhi4_zhou1',
  'chu3_xiong2_yi2_zu2_zi4_zhi4_zhou1',
  'hong2_he2_ha1_ni2_zu2_yi2_zu2_zi4_zhi4_zhou1',
]
const target = new URL('../public/map/', import.meta.url)
const carried = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(new URL(`./map/source/${name}`, import.meta.url), 'utf8')) as T

const write = async (name: string, content: string | Buffer) => {
  await writeFile(new URL(name, target), content)
  console.log(`${name.padEnd(20)} ${(Buffer.byteLength(content) / 1024).toFixed(1)} KiB`)
}

/** One feature a line: a change of the map can then be read as a diff. */
const geoJson = (features: object[]) =>
  `{"type":"FeatureCollection","features":[\n${features
    .map((feature) =>
      JSON.stringify({ type: 'Feature', ...feature }, (_, value: unknown) =>
        typeof value === 'number' ? Number(value.toFixed(4)) : value,
      ),
    )
    .join(',\n')}\n]}\n`

const lines = (kind: string, pieces: FadedLine[]) =>
  pieces.map(({ nearness, line }) => ({
    properties: { kind, nearness },
    geometry: { type: 'LineString', coordinates: line },
  }))
const whole = (kind: string, all: Line[]) =>
  lines(
    kind,
    all.map((line) => ({ nearness: 1, line })),
  )

const divisions: Divisions = await (async () => {
  const [counties, ...others] = (await readShapes([
    `shape-with-internal-borders/${own}.geojson`,
    ...neighbours.map((name) => `shape-only/yun2_nan2_${name}.geojson`),
  ])) as Shapes[]
  return divisionsFrom(counties!, others)
})()
const { outline } = divisions
const coarse = thin(outline, 0.01)
const countries = await readCountryBorders()
const beyond = nationalStretches(divisions.beyond, countries)
const foreign = fitForeign(countries.foreign, outline, [...divisions.nationalBorders, ...beyond])
const rivers = (await carried<{ rivers: River[] }>('rivers.json')).rivers
const places = placesFrom(
  divisions.counties,
  (await carried<{ seats: Seat[] }>('seats.json')).seats,
)
const elevation = readElevation(await carried<ElevationSource>('elevation.json'))
const heights = heightPicture(elevation, outline, rivers)
const relief = shadeRelief(heights, outline)

await mkdir(target, { recursive: true })
await write(
  'counties.geojson',
  geoJson(
    divisions.counties.map(({ properties, geometry }) => ({
      properties: places.counties.find((county) => county.name.zh === properties.name)!,
      geometry,
    })),
  ),
)
await write(
  'outline.geojson',
  geoJson([{ properties: {}, geometry: { type: 'Polygon', coordinates: [outline] } }]),
)
await write(
  'borders.geojson',
  geoJson([
    ...[...beyond, ...foreign].flatMap((line) => lines('abroad', fade(coarse, thin(line, 0.002)))),
    ...whole('county', divisions.countyBorders),
    ...whole('prefecture', divisions.prefectureBorders),
    ...whole('national', divisions.nationalBorders),
  ]),
)
await write(
  'rivers.geojson',
  geoJson(
    rivers.flatMap(({ level, line }) =>
      fade(coarse, smooth(thin(line, 0.0016))).map((piece) => ({
        properties: { level, nearness: piece.nearness },
        geometry: { type: 'LineString', coordinates: piece.line },
      })),
    ),
  ),
)
await write(
  'form-lines.geojson',
  geoJson([
    {
      properties: {},
      geometry: { type: 'MultiLineString', coordinates: formLines(heights, outline) },
    },
  ]),
)
await write('places.json', `${JSON.stringify(places, null, 1)}\n`)
await write('relief.json', `${JSON.stringify({ image: 'relief.png', bounds: relief.bounds })}\n`)
await write('relief.png', relief.png)
