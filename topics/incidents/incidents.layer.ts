import type { Layer } from '@deck.gl/core'
import { IconLayer, TextLayer } from '@deck.gl/layers'
import type { Texture } from '@luma.gl/core'
import { cellPerSign, drawLevelAtlas, levelIcons } from '#web/kit/level-atlas.ts'
import { type Heap, heapsOf } from '#web/kit/map/heaps.ts'
import { mapColours, rgba } from '#web/kit/map/map-colours.ts'
import type { KeepClear } from '#web/kit/map/map-labels.ts'
import type { MapScene, Outline } from '#web/kit/map/view.ts'
import type { Incidents } from './incident.ts'
import { type IncidentRow, queueRows } from './incidents.rows.ts'

type PlacedRow = IncidentRow & { place: [number, number]; radiusPx: number }
/** A sign on the map, and how many more lie under it. */
type Sign = Heap<PlacedRow> & {
  offsetPx: [number, number]
  isWrittenLeft: boolean
  /** how far what is written goes out of the way of a seam, px */
  asidePx: readonly [number, number]
}

/** Size of a level's sign, in sizes of a word: what is grave is found first. */
const signEm: Record<number, number> = { 1: 1.7, 2: 1.1, 3: 0.62, 4: 0.62 }

let atlas: ImageData | null = null

/** Size of what is written beside a sign, in sizes of a word. */
const sizeEm = (level: number): number => (level === 1 ? 1.2 : 1)

const textOf = ({ head, rest }: Heap<PlacedRow>): string => {
  const count = rest.length + 1
  if (head.level === 1) return rest.length > 0 ? `${head.short} +${rest.length}` : head.short
  return count > 1 ? String(count) : ''
}

/** How wide that is, with a little air, px. */
const writtenPx = (heap: Heap<PlacedRow>, labelPx: number): number => {
  const { length } = textOf(heap)
  return length === 0 ? 0 : (length * 0.6 * sizeEm(heap.head.level) + 0.3) * labelPx
}

/** Open incidents where they are; an audience that may not know the places gets none. */
const signsOf = (scene: MapScene<Incidents>): Sign[] => {
  const { state, labelPx, pxPerDegree, eastLon } = scene
  const placed = queueRows(state).flatMap((row): PlacedRow[] =>
    row.place === null
      ? []
      : [{ ...row, place: row.place, radiusPx: ((signEm[row.level] ?? 0.6) * labelPx) / 2 }],
  )
  const isGrave = ({ level }: PlacedRow) => level === 1
  const heaps = heapsOf(placed, pxPerDegree, isGrave)
  // grave ones at one spot stand in a row beside it
  const bySpot = new Map<PlacedRow, number>()
  for (const { head, rest } of heapsOf(placed.filter(isGrave), pxPerDegree))
    for (const [n, row] of [head, ...rest].entries()) bySpot.set(row, n)
  return heaps.map((heap) => {
    const step = bySpot.get(heap.head) ?? 0
    const { place, radiusPx } = heap.head
    const roomPx = (eastLon - place[0]) * pxPerDegree - radiusPx
    const isWrittenLeft = writtenPx(heap, labelPx) > roomPx
    const offsetPx: [number, number] = [0, -step * 2 * radiusPx * 1.1]
    const reachPx = radiusPx + writtenPx(heap, labelPx)
    const [left, right] = isWrittenLeft ? [-reachPx, -radiusPx] : [radiusPx, reachPx]
    const halfPx = 0.6 * sizeEm(heap.head.level) * labelPx
    const [top, bottom] = [offsetPx[1] - halfPx, offsetPx[1] + halfPx]
    const asidePx = scene.clearing(place, [left, top, right, bottom])
    return { ...heap, isWrittenLeft, offsetPx, asidePx }
  })
}

/** What names on the map keep clear of. */
export const keepClear = (scene: MapScene<Incidents>): KeepClear[] =>
  signsOf(scene).map((sign) => {
    const { place: position, radiusPx } = sign.head
    const reachPx = radiusPx + writtenPx(sign, scene.labelPx)
    return { position, radiusPx, [sign.isWrittenLeft ? 'toLeftPx' : 'toRightPx']: reachPx }
  })

/** The incident that a layer's thing is. */
export const idOf = (object: unknown): string => (object as Sign).head.incident
export const placeOf = (object: unknown) => (object as Sign).head.place

export const outlineOf = (object: unknown): Outline => {
  const { head, offsetPx } = object as Sign
  return { place: head.place, radiusPx: head.radiusPx, offsetPx }
}

/** Open incidents by level, those at one spot as the gravest of them and a count. */
export const layer = (scene: MapScene<Incidents>): Layer[] => {
  const { labelPx, pxPerDegree } = scene
  atlas ??= drawLevelAtlas(mapColours.ground)
  // the gravest last, so that it lies on top
  const signs = signsOf(scene).reverse()
  const marks = new IconLayer<Sign>({
    id: 'incidents-signs',
    data: signs,
    pickable: true,
    // a picture will do as well as a texture; the type does not know
    iconAtlas: atlas as unknown as Texture,
    iconMapping: levelIcons,
    getIcon: ({ head }) => String(head.level),
    getPosition: ({ head }) => head.place,
    getPixelOffset: ({ offsetPx }) => offsetPx,
    getSize: ({ head }) => 2 * head.radiusPx * cellPerSign,
    sizeUnits: 'pixels',
    updateTriggers: { getSize: labelPx, getPixelOffset: [labelPx, pxPerDegree] },
  })
  const written = signs.filter((sign) => textOf(sign) !== '')
  // a text layer with no text has no letters to draw from, and WebGL complains of it
  if (written.length === 0) return [marks]
  const numbers = new TextLayer<Sign>({
    id: 'incidents-numbers',
    data: written,
    characterSet: '0123456789+ -ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    fontFamily: 'Barlow, "Noto Sans SC", sans-serif',
    fontWeight: 600,
    fontSettings: { sdf: true, fontSize: 64, buffer: 8, radius: 16 },
    outlineWidth: 5,
    outlineColor: rgba(mapColours.ground),
    getText: textOf,
    getPosition: ({ head }) => head.place,
    getPixelOffset: ({ head, isWrittenLeft, offsetPx: [x, y], asidePx }) => [
      x + (isWrittenLeft ? -1 : 1) * (head.radiusPx + 0.2 * labelPx) + asidePx[0],
      y + asidePx[1],
    ],
    getTextAnchor: ({ isWrittenLeft }) => (isWrittenLeft ? 'end' : 'start'),
    getSize: ({ head }) => labelPx * sizeEm(head.level),
    getColor: mapColours.written,
    updateTriggers: {
      getSize: labelPx,
      getPixelOffset: [
        labelPx,
        pxPerDegree,
        scene.eastLon,
        written.flatMap(({ asidePx }) => asidePx).join(),
      ],
      getTextAnchor: scene.eastLon,
    },
  })
  return [marks, numbers]
}
