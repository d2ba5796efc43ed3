import type { Layer } from '@deck.gl/core'
import { IconLayer } from '@deck.gl/layers'
import type { Texture } from '@luma.gl/core'
import type { Tracks } from '#web/store/tracks.ts'

/** Full until this age, then fading; never gone, since a unit does not vanish because it is silent, ms. */
const freshMs = 60_000
const faintMs = 15 * 60_000
const faintest = 70
/** Slower than this it stands, km/h. */
const standsKmh = 2

const colour = [0xa9, 0xbc, 0xd3] as const
const iconPx = 64
const icons = {
  moving: { x: 0, y: 0, width: iconPx, height: iconPx, mask: true },
  standing: { x: iconPx, y: 0, width: iconPx, height: iconPx, mask: true },
}

/** An arrow for what moves and a dot for what stands, in one picture drawn by code. */
const drawAtlas = (): ImageData | null => {
  const canvas = document.createElement('canvas')
  canvas.width = 2 * iconPx
  canvas.height = iconPx
  const context = canvas.getContext('2d')
  if (!context) return null
  context.fillStyle = '#fff'
  context.fill(new Path2D('M32 6 L52 56 L32 45 L12 56 Z'))
  context.fill(new Path2D('M96 18 a14 14 0 1 1 -0.01 0 Z'))
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
let atlas: ImageData | null = null

/** Columns that deck.gl reads as they are: written over for each picture, widened with the table. */
let angles = new Float32Array(0)
let colours = new Uint8Array(0)
let moves = new Uint8Array(0)

const fill = ({ table }: Tracks, now: number): void => {
  const { size, headingDeg, speedKmh, fixAt } = table
  if (angles.length < size) {
    angles = new Float32Array(fixAt.length)
    colours = new Uint8Array(4 * fixAt.length)
    moves = new Uint8Array(fixAt.length)
  }
  for (let index = 0; index < size; index++) {
    const at = fixAt[index]!
    const heading = headingDeg[index]!
    const isMoving = !Number.isNaN(heading) && !(speedKmh[index]! < standsKmh)
    moves[index] = isMoving ? 1 : 0
    // deck.gl turns against the clock
    angles[index] = isMoving ? -heading : 0
    const aged = Math.min(1, Math.max(0, (now - at - freshMs) / (faintMs - freshMs)))
    colours[4 * index] = colour[0]
    colours[4 * index + 1] = colour[1]
    colours[4 * index + 2] = colour[2]
    colours[4 * index + 3] = at === 0 ? 0 : 255 - aged * (255 - faintest)
  }
}

/** The centre's own units where they were last, straight from the columns of the track frames. */
export const unitLayer = (tracks: Tracks, now: number, labelPx: number): Layer | null => {
  if (tracks.units === 0) return null
  atlas ??= drawAtlas()
  fill(tracks, now)
  const { table } = tracks
  return new IconLayer({
    id: 'units',
    data: {
      length: table.size,
      attributes: {
        getPosition: { value: table.positions, size: 2 },
        getAngle: { value: angles, size: 1 },
        getColor: { value: colours, size: 4 },
      },
    },
    // a picture will do as well as a texture; the type does not know
    iconAtlas: atlas as unknown as Texture,
    iconMapping: icons,
    getIcon: (_: unknown, { index }: { index: number }) => (moves[index] ? 'moving' : 'standing'),
    getSize: labelPx * 0.6,
    sizeUnits: 'pixels',
    updateTriggers: { getSize: labelPx },
  })
}
