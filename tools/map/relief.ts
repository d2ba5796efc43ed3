import { nearness } from './fade.ts'
import { isInside, type Line, type Point, thin } from './geometry.ts'
import { greyAlphaPng } from './png.ts'
import { carve, type Raster, type Valley } from './valleys.ts'

/** Heights on a regular grid as it is carried: one byte a cell, rows from north to south. */
export interface ElevationSource {
  westDeg: number
  northDeg: number
  stepDeg: number
  /** hexadecimal */
  rows: string[]
}
export interface Elevation {
  westDeg: number
  northDeg: number
  stepDeg: number
  columns: number
  heightsM: Float64Array
}
export interface Relief {
  png: Buffer
  /** west, south, east, north, degrees; rows are even in Mercator's y */
  bounds: [number, number, number, number]
}

const pixelsPerDegree = 160
const marginDeg = 0.75
const metresPerStep = 30

const mercatorY = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))
const latitudeOf = (y: number) => (Math.atan(Math.exp(y)) * 360) / Math.PI - 90

/** Reads the grid, softened by a 1-2-1 filter: the bytes come from pictures that were compressed. */
export const readElevation = (source: ElevationSource): Elevation => {
  const raw = source.rows.map((row) => Buffer.from(row, 'hex'))
  const columns = raw[0]!.length
  const at = (x: number, y: number) =>
    raw[Math.min(raw.length - 1, Math.max(0, y))]![Math.min(columns - 1, Math.max(0, x))]!
  const heightsM = Float64Array.from({ length: columns * raw.length }, (_, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)]
    const across = (row: number) => at(x - 1, row) + 2 * at(x, row) + at(x + 1, row)
    return ((across(y - 1) + 2 * across(y) + across(y + 1)) / 16) * metresPerStep
  })
  const { westDeg, northDeg, stepDeg } = source
  return { westDeg, northDeg, stepDeg, columns, heightsM }
}

/** Catmull–Rom weights: the surface goes through the grid's heights, so ridges stay ridges. */
const weights = (t: number): [number, number, number, number] => [
  (-t + 2 * t ** 2 - t ** 3) / 2,
  (2 - 5 * t ** 2 + 3 * t ** 3) / 2,
  (t + 4 * t ** 2 - 3 * t ** 3) / 2,
  (-(t ** 2) + t ** 3) / 2,
]

export const heightM = (grid: Elevation, [lon, lat]: Point): number => {
  const x = (lon - grid.westDeg) / grid.stepDeg
  const y = (grid.northDeg - lat) / grid.stepDeg
  const across = weights(x - Math.floor(x))
  const down = weights(y - Math.floor(y))
  const last = grid.heightsM.length / grid.columns - 1
  let sum = 0
  for (let j = 0; j < 4; j++) {
    const row = Math.min(last, Math.max(0, Math.floor(y) - 1 + j))
    for (let i = 0; i < 4; i++) {
      const column = Math.min(grid.columns - 1, Math.max(0, Math.floor(x) - 1 + i))
      sum += grid.heightsM[row * grid.columns + column]! * across[i]! * down[j]!
    }
  }
  return sum
}

/** Light from these sides, degrees from north: mostly north-west, some from west and north. */
const lights = [
  { azimuth: 315, share: 0.64 },
  { azimuth: 262, share: 0.2 },
  { azimuth: 8, share: 0.16 },
]
const exaggeration = 9
/** Brings the slopes of these hills to the whole range of light and shadow. */
const contrast = 1.25
/** Ridges are drawn out and valley floors let down by how far a place stands above its surroundings. */
const edgeShare = 0.5
const edgeKm = 3
const edgeM = 110
/** Valleys darker, heights lighter: this much at the ends. */
const heightShare = 0.3
const [lowM, highM] = [4650, 5750]

/** Shadow is weaker than light, or the body falls to pieces. */
const shadowShare = 0.85

/** How a slope is lit: 0 as level ground, above 0 towards the light. */
const shade = (east: number, north: number): number => {
  const length = Math.hypot(east, north, 1)
  const sun = Math.PI / 4
  return lights.reduce((sum, { azimuth, share }) => {
    const angle = (azimuth * Math.PI) / 180
    const facing =
      (-east * Math.sin(angle) - north * Math.cos(angle)) * Math.cos(sun) + Math.sin(sun)
    return sum + (share * facing) / length
  }, -Math.sin(sun))
}

/** The mean over a square around each pixel: what a place stands above or below. */
const surroundings = ({ heightsM, widthPx, heightPx }: Raster, reachPx: number): Float32Array => {
  const pass = (from: Float32Array, step: number, length: number, starts: number[]) => {
    const to = new Float32Array(from.length)
    for (const start of starts) {
      const at = (i: number) => from[start + step * Math.min(length - 1, Math.max(0, i))]!
      let sum = 0
      for (let i = -reachPx; i <= reachPx; i++) sum += at(i)
      for (let i = 0; i < length; i++) {
        to[start + step * i] = sum / (2 * reachPx + 1)
        sum += at(i + reachPx + 1) - at(i - reachPx)
      }
    }
    return to
  }
  const rows = Array.from({ length: heightPx }, (_, y) => y * widthPx)
  const columns = Array.from({ length: widthPx }, (_, x) => x)
  const once = (from: Float32Array) =>
    pass(pass(from, 1, widthPx, rows), widthPx, heightPx, columns)
  return once(once(heightsM))
}

/** The heights as a picture of the prefecture and what is around it, rows even in Mercator's y. */
export interface HeightPicture extends Raster {
  bounds: Relief['bounds']
  placeOf(x: number, y: number): Point
}

/**
 * The grid drawn out to pixels. It is coarse, so valleys are let in where `valleys` run: relief, form lines and drawn
 * rivers then agree.
 */
export const heightPicture = (
  grid: Elevation,
  outline: Line,
  valleys: readonly Valley[],
): HeightPicture => {
  const [lons, lats] = [outline.map(([lon]) => lon), outline.map(([, lat]) => lat)]
  const west = Math.min(...lons) - marginDeg
  const east = Math.max(...lons) + marginDeg
  const south = Math.min(...lats) - marginDeg
  const north = Math.max(...lats) + marginDeg
  const [top, bottom] = [mercatorY(north), mercatorY(south)]
  const widthPx = Math.round((east - west) * pixelsPerDegree)
  const heightPx = Math.round((((top - bottom) * 180) / Math.PI) * pixelsPerDegree)
  const placeOf = (x: number, y: number): Point => [
    west + ((east - west) * (x + 0.5)) / widthPx,
    latitudeOf(top - ((top - bottom) * (y + 0.5)) / heightPx),
  ]
  const pixelOf = ([lon, lat]: Point): Point => [
    ((lon - west) / (east - west)) * widthPx - 0.5,
    ((top - mercatorY(lat)) / (top - bottom)) * heightPx - 0.5,
  ]
  const raster: Raster = {
    widthPx,
    heightPx,
    metresPerPx: (111_195 * Math.cos((((south + north) / 2) * Math.PI) / 180)) / pixelsPerDegree,
    heightsM: Float32Array.from({ length: widthPx * heightPx }, (_, i) =>
      heightM(grid, placeOf(i % widthPx, Math.floor(i / widthPx))),
    ),
  }
  carve(
    raster,
    valleys.map(({ level, line }) => ({ level, line: line.map(pixelOf) })),
  )
  return { ...raster, bounds: [west, south, east, north], placeOf }
}

/**
 * Hill shading as white on lit slopes and black on the others, strength in the alpha channel: it goes
 * over any colour, and fades out with distance from the prefecture.
 */
export const shadeRelief = (picture: HeightPicture, outline: Line): Relief => {
  const coarse = thin(outline, 0.02)
  const { widthPx, heightPx, metresPerPx, heightsM, bounds, placeOf } = picture
  const around = surroundings(picture, Math.round((edgeKm * 500) / metresPerPx))
  const pixels = new Uint8Array(widthPx * heightPx * 2)
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = (dx: number, dy: number) =>
        heightsM[
          Math.min(heightPx - 1, Math.max(0, y + dy)) * widthPx +
            Math.min(widthPx - 1, Math.max(0, x + dx))
        ]!
      const slopeEast = ((at(1, 0) - at(-1, 0)) / (2 * metresPerPx)) * exaggeration
      const slopeNorth = ((at(0, -1) - at(0, 1)) / (2 * metresPerPx)) * exaggeration
      const height = Math.min(1, Math.max(0, (at(0, 0) - lowM) / (highM - lowM)))
      const above = Math.tanh((at(0, 0) - around[y * widthPx + x]!) / edgeM)
      const light =
        shade(slopeEast, slopeNorth) * contrast +
        above * edgeShare +
        (height - 0.5) * 2 * heightShare
      const place = placeOf(x, y)
      const near = isInside(coarse, place) ? 1 : nearness(coarse, place)
      pixels[(y * widthPx + x) * 2] = light > 0 ? 255 : 0
      pixels[(y * widthPx + x) * 2 + 1] = Math.round(
        Math.min(1, light > 0 ? light : -light * shadowShare) * near * 255,
      )
    }
  }
  return { png: greyAlphaPng(widthPx, heightPx, pixels), bounds }
}
