import type { Layer } from '@deck.gl/core'
import { IconLayer } from '@deck.gl/layers'
import type { LegendMark } from '#web/kit/map/legend.ts'
import { markColours, rgba } from '#web/kit/map/map-colours.ts'
import type { Tracks } from '#web/store/tracks.ts'

/** Full until this age, then fading; never gone, since a unit does not vanish because it is silent, ms. */
const freshMs = 60_000
const faintMs = 15 * 60_000
const faintest = 70
/** Slower than this it stands, km/h. */
const standsKmh = 2

const [red, green, blue] = rgba(markColours.force)
const colour = [red, green, blue] as const
const iconPx = 64
/** Where each picture begins in the atlas, px. */
const pictures = {
  moving: 0,
  standing: iconPx,
  standingInCrowd: 2 * iconPx,
  noFix: 3 * iconPx,
  unrostered: 4 * iconPx,
}

/** A mark is this much of a label's height while the map has room: many quiet ones, of which none calls. */
const markPerLabel = 0.46
/** From so many units on marks grow smaller, so that a crowd covers no more of the map than these do. */
const roomyUnits = 1500
const smallest = 0.6

/**
 * An arrow for what moves, and for what stands a dot, or in a crowd a point; hollow without a fix, ringed when it is not
 * on the roster: white, 64 px each (`tools/unit-marks.ts`). By its address and not drawn by code, since deck.gl can
 * fetch it again after a lost context.
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

/** The pictures again, for the key at the map's foot. */
export const unitLegend: readonly LegendMark[] = [
  { word: 'wall.unitMarks.moving', path: 'M10 1 16.5 18 10 14 3.5 18Z', colour: markColours.force },
  {
    word: 'wall.unitMarks.standing',
    path: 'M10 5a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z',
    colour: markColours.force,
  },
  {
    word: 'wall.unitMarks.noFix',
    path: 'M10 5a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z',
    colour: markColours.force,
    isHollow: true,
  },
  {
    word: 'wall.unitMarks.unrostered',
    path: 'M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM9 10h2Z',
    colour: markColours.force,
    isHollow: true,
  },
]

/** What a topic knows of a unit that a position does not tell. */
export type UnitKind = 'noFix' | 'unrostered'

/** By index: where the picture of a unit of some kind begins; 0 for the rest. Made anew only when a kind or a name has changed. */
const kindColumn = {
  key: '',
  names: [] as readonly string[],
  known: 0,
  frames: new Uint16Array(0),
}
const framesOf = (names: readonly string[], kinds: ReadonlyMap<string, UnitKind>) => {
  const key = Array.from(kinds, ([unit, kind]) => `${unit} ${kind}`).join()
  const isKept =
    key === kindColumn.key && names === kindColumn.names && names.length === kindColumn.known
  if (!isKept) {
    const frames = new Uint16Array(names.length)
    if (kinds.size > 0)
      for (const [index, name] of names.entries()) {
        const kind = kinds.get(name)
        if (kind) frames[index] = pictures[kind]
      }
    Object.assign(kindColumn, { key, names, known: names.length, frames })
  }
  return kindColumn.frames
}

const fill = ({ table, units }: Tracks, now: number, frames: Uint16Array): void => {
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
    const angle = isMoving && !frames[index] ? -heading : 0
    if (angles[index] !== angle) {
      angles[index] = angle
      angleChanged = true
    }
    const frameAt = iconBytes * index + frameXAt
    const frameX = frames[index] || (isMoving ? pictures.moving : standing)
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

/** What the marks of the units are drawn from. */
export interface UnitScene {
  tracks: Tracks
  now: number
  labelPx: number
  kinds: ReadonlyMap<string, UnitKind>
  /** where they are on their way from fix to fix; null: at their fixes */
  shown: Float32Array | null
}

/** The centre's own units where they were last, straight from the columns of the track frames. */
export const unitLayer = ({ tracks, now, labelPx, kinds, shown }: UnitScene): Layer | null => {
  if (tracks.units === 0) return null
  fill(tracks, now, framesOf(tracks.names, kinds))
  const { table, units } = tracks
  const share = Math.max(smallest, Math.min(1, Math.sqrt(roomyUnits / units)))
  return new IconLayer({
    id: 'units',
    data: {
      length: table.size,
      attributes: {
        getPosition: { value: shown ?? table.positions, size: 2 },
        getAngle: columns.angles,
        getColor: columns.colours,
        // by the name of the column itself: an accessor would be asked for each unit
        instanceIconDefs: columns.icons,
      },
    },
    pickable: true,
    iconAtlas: atlas,
    iconMapping: noMapping,
    getSize: labelPx * markPerLabel,
    sizeScale: share,
    sizeUnits: 'pixels',
    updateTriggers: { getSize: labelPx },
  })
}
