import type { Layer } from '@deck.gl/core'
import { IconLayer } from '@deck.gl/layers'
import type { Tracks } from '#web/store/tracks.ts'

/** Full until this age, then fading; never gone, since a unit does not vanish because it is silent, ms. */
const freshMs = 60_000
const faintMs = 15 * 60_000
const faintest = 70
/** Slower than this it stands, km/h. */
const standsKmh = 2

const colour = [0xa9, 0xbc, 0xd3] as const
const iconPx = 64
/** Where each picture begins in the atlas, px. */
const pictures = { moving: 0, standing: iconPx, standingInCrowd: 2 * iconPx }

/** A mark is this much of a label's height while the map has room. */
const markPerLabel = 0.6
/** From so many units on marks grow smaller, so that a crowd covers no more of the map than these do. */
const roomyUnits = 1500
const smallest = 0.6

/**
 * An arrow for what moves, and for what stands a dot, or in a crowd a point: white, 64 px each. By its address and
 * not drawn by code, since deck.gl can fetch it again after a lost context.
 */
const atlas = '/icons/unit-marks.png'

const noMapping = {}
/** What deck.gl wants to know of an icon: offset x y, frame x y width height, 1 for a mask. */
const iconBytes = 7
const frameXAt = 2
const anyIcon = [0, 0, 0, 0, iconPx, iconPx, 1]

/**
 * Columns that deck.gl draws from as they are: written over for each picture, widened with the table.
 * It looks at a column again only when it comes in a new wrapper.
 */
const columns = {
  capacity: 0,
  angles: { value: new Float32Array(0), size: 1 },
  colours: { value: new Uint8Array(0), size: 4 },
  icons: { value: new Uint8Array(0), size: iconBytes },
}

const widen = (capacity: number): void => {
  columns.capacity = capacity
  columns.angles = { value: new Float32Array(capacity), size: 1 }
  columns.icons = { value: new Uint8Array(iconBytes * capacity), size: iconBytes }
  columns.colours = { value: new Uint8Array(4 * capacity), size: 4 }
  for (let index = 0; index < capacity; index++) {
    columns.icons.value.set(anyIcon, iconBytes * index)
    columns.colours.value.set(colour, 4 * index)
  }
}

const fill = ({ table, units }: Tracks, now: number): void => {
  const { size, headingDeg, speedKmh, fixAt } = table
  if (columns.capacity < size) widen(fixAt.length)
  const angles = columns.angles.value
  const colours = columns.colours.value
  const icons = columns.icons.value
  let [angleChanged, colourChanged, iconChanged] = [false, false, false]
  const standing = units > roomyUnits ? pictures.standingInCrowd : pictures.standing
  const freshFrom = now - freshMs
  const alphaPerMs = (255 - faintest) / (faintMs - freshMs)
  for (let index = 0; index < size; index++) {
    const at = fixAt[index]!
    const heading = headingDeg[index]!
    // both are NaN when they are not known
    const isMoving = heading >= 0 && !(speedKmh[index]! < standsKmh)
    // deck.gl turns against the clock
    const angle = isMoving ? -heading : 0
    if (angles[index] !== angle) {
      angles[index] = angle
      angleChanged = true
    }
    const frameAt = iconBytes * index + frameXAt
    const frameX = isMoving ? pictures.moving : standing
    if (icons[frameAt] !== frameX) {
      icons[frameAt] = frameX
      iconChanged = true
    }
    const aged = (freshFrom - at) * alphaPerMs
    const alpha = at === 0 ? 0 : aged <= 0 ? 255 : Math.max(faintest, Math.floor(255 - aged))
    if (colours[4 * index + 3] !== alpha) {
      colours[4 * index + 3] = alpha
      colourChanged = true
    }
  }
  if (angleChanged) columns.angles = { ...columns.angles }
  if (colourChanged) columns.colours = { ...columns.colours }
  if (iconChanged) columns.icons = { ...columns.icons }
}

/** The centre's own units where they were last, straight from the columns of the track frames. */
export const unitLayer = (tracks: Tracks, now: number, labelPx: number): Layer | null => {
  if (tracks.units === 0) return null
  fill(tracks, now)
  const { table, units } = tracks
  const share = Math.max(smallest, Math.min(1, Math.sqrt(roomyUnits / units)))
  return new IconLayer({
    id: 'units',
    data: {
      length: table.size,
      attributes: {
        getPosition: { value: table.positions, size: 2 },
        getAngle: columns.angles,
        getColor: columns.colours,
        // by the name of the column itself: an accessor would be asked for each unit
        instanceIconDefs: columns.icons,
      },
    },
    iconAtlas: atlas,
    iconMapping: noMapping,
    getSize: labelPx * markPerLabel,
    sizeScale: share,
    sizeUnits: 'pixels',
    updateTriggers: { getSize: labelPx },
  })
}
