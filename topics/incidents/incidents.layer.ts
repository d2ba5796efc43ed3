import type { Layer } from '@deck.gl/core'
import { IconLayer, TextLayer } from '@deck.gl/layers'
import type { Texture } from '@luma.gl/core'
import { cellPerSign, drawLevelAtlas, levelIcons } from '#web/kit/level-atlas.ts'
import { project, pxPerDegree as pxPerDegreeOf } from '#web/kit/map/fit.ts'
import { type Heap, heapsOf } from '#web/kit/map/heaps.ts'
import { mapColours, rgba } from '#web/kit/map/map-colours.ts'
import type { KeepClear } from '#web/kit/map/map-labels.ts'
import { type Box, overlap } from '#web/kit/map/place-labels.ts'
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

const pxPerDegreeAtZoom0 = pxPerDegreeOf({ zoom: 0 })

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

/** Of those in a row beside a spot, how far each stands from the last, of its size. */
const signStep = 1.1
/** The square of a sign on the screen, from a corner of the world, px; `row` signs stand below it. */
const standingOf = (
  { place: [lon, lat], radiusPx }: PlacedRow,
  row: number,
  { pxPerDegree }: MapScene<Incidents>,
): { box: Box; liftPx: number } => {
  const liftPx = -row * 2 * radiusPx
  const [x, y] = project([lon, lat]).map((at) => at * (pxPerDegree / pxPerDegreeAtZoom0)) as [
    number,
    number,
  ]
  const top = y + liftPx - radiusPx
  return {
    liftPx,
    box: { left: x - radiusPx, right: x + radiusPx, top, bottom: top + 2 * radiusPx },
  }
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
  const stood = heaps.map(({ head }) => standingOf(head, (bySpot.get(head) ?? 0) * signStep, scene))
  const written: Box[] = []
  return heaps.map((heap, n) => {
    const { head } = heap
    const { box } = stood[n]!
    const offsetPx: [number, number] = [0, stood[n]!.liftPx]
    const widthPx = writtenPx(heap, labelPx)
    const halfPx = Math.max(head.radiusPx, (sizeEm(head.level) * labelPx) / 2)
    const middle = box.top + head.radiusPx
    const line = { top: middle - halfPx, bottom: middle + halfPx }
    const right = { ...line, left: box.right, right: box.right + widthPx }
    const left = { ...line, left: box.left - widthPx, right: box.left }
    const roomPx = (eastLon - head.place[0]) * pxPerDegree - head.radiusPx
    const covered = (text: Box) =>
      [...stood.map((other) => other.box), ...written].filter((other) => overlap(other, text))
        .length
    // what is written last gives way: the gravest come first
    const isWrittenLeft = widthPx > roomPx || (widthPx > 0 && covered(left) < covered(right))
    if (widthPx > 0) written.push(isWrittenLeft ? left : right)
    const [x, y] = [box.left + head.radiusPx, middle - offsetPx[1]]
    const text = isWrittenLeft ? left : right
    const around = [text.left - x, text.top - y, text.right - x, text.bottom - y] as const
    const asidePx = scene.clearing(head.place, around)
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
    outlineWidth: 8,
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
