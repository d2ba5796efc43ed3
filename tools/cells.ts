import { readFile, writeFile } from 'node:fs/promises'
import type { FeatureCollection, Polygon } from 'geojson'
import { townships } from '#mock/townships.ts'
import { sitesOf, toDegrees, toKm, townshipOf } from './cells/sites.ts'
import { type Point, type Ring, voronoi } from './cells/voronoi.ts'

/** How many cells each county gets; 3,000 is the order of size that a prefecture reports. */
const counts: Record<string, number> = { '532801': 1300, '532822': 850, '532823': 850 }
/** About 20 m: finer than any wall shows. */
const quantumDegrees = 0.0002
const origin: Point = [99.9, 21.1]

const root = new URL('../', import.meta.url)
const read = async (path: string) => JSON.parse(await readFile(new URL(path, root), 'utf8'))
const write = async (path: string, content: string) => {
  await writeFile(new URL(path, root), content)
  console.log(`${path.padEnd(40)} ${(Buffer.byteLength(content) / 1024).toFixed(1)} KiB`)
}

/** Whole steps from the origin; corners that fall together become one. */
const quantised = (ring: Ring): Point[] =>
  ring
    .map(toDegrees)
    .map(
      ([lon, lat]): Point => [
        Math.round((lon - origin[0]) / quantumDegrees),
        Math.round((lat - origin[1]) / quantumDegrees),
      ],
    )
    .filter(([x, y], index, all) => x !== all.at(index - 1)![0] || y !== all.at(index - 1)![1])

/** Each corner as steps from the one before; the first one from the origin. */
const deltas = (ring: readonly Point[]): number[] =>
  ring.flatMap(([x, y], index) => {
    const [beforeX, beforeY] = index === 0 ? [0, 0] : ring[index - 1]!
    return [x - beforeX, y - beforeY]
  })

const ringsByTownship = new Map<string, number[][]>()
const counties = (await read('public/map/counties.geojson')) as FeatureCollection<
  Polygon,
  { code: string }
>
for (const { properties, geometry } of counties.features) {
  const { code } = properties
  const outline = geometry.coordinates[0]!.slice(0, -1).map(([lon, lat]) => toKm([lon!, lat!]))
  const sites = sitesOf(code, outline, counts[code]!)
  const cells = voronoi(sites, outline)
  for (const township of townships.filter((one) => one.code.startsWith(code))) {
    const [seatX, seatY] = toKm([township.lon, township.lat])
    const own = Array.from(sites.keys())
      .filter((index) => townshipOf(code, sites[index]!) === township)
      .map((index) => {
        const [x, y] = sites[index]!
        return { index, fromSeatKm: Math.hypot(x - seatX, y - seatY) }
      })
      .toSorted((one, other) => one.fromSeatKm - other.fromSeatKm)
    ringsByTownship.set(
      township.code,
      own.map(({ index }) => deltas(quantised(cells[index]!))),
    )
  }
}

const says = {
  zh: '合成网格：由随机点的泰森多边形裁切县界而成，归入最近的乡镇驻地，并非真实网格。',
  en: 'Synthetic cells: Voronoi cells of random points, cut at the county outlines, each given to the nearest township seat. No real grid.',
}
const rows = Array.from(ringsByTownship, ([code, rings]) => JSON.stringify({ code, rings }))
await write(
  'public/map/cells.json',
  `{"synthetic":true,"says":${JSON.stringify(says)},\n` +
    `"ids":"township code, a hyphen, and the place in rings from 001",\n` +
    `"syntheticSeats":${JSON.stringify(townships.filter((one) => one.synthetic).map(({ code }) => code))},\n` +
    `"quantumDegrees":${quantumDegrees},"origin":${JSON.stringify(origin)},\n` +
    `"townships":[\n${rows.join(',\n')}\n]}\n`,
)
await write(
  'topics/grid-cells/cells.codes.ts',
  `/** How many cells each township has, \`-001\` onwards: synthetic, made by \`npm run cells\` with \`public/map/cells.json\`. */
export const cellCounts: Readonly<Record<string, number>> = {
${Array.from(ringsByTownship, ([code, rings]) => `  '${code}': ${rings.length},`).join('\n')}
}
`,
)
