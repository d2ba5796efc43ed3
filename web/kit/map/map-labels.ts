import { clearStart, noSeams, type Seams, type Strip, stripsOf } from '../seams.ts'
import type { BaseMap, MapLang, NamedPlace, Seat } from './base-map.ts'
import {
  type Camera,
  freeRoom,
  type Inset,
  type LonLat,
  pxPerDegree,
  type Size,
  toScreen,
} from './fit.ts'
import { countyStands, gapsBeside, linesPerAside } from './name-stands.ts'
import { type MapLabel, type Measure, type Style, spaced, styles } from './name-styles.ts'
import {
  type Box,
  boxOf,
  crossedBy,
  holds,
  overlap,
  placeLabels,
  type Shunned,
  type Stood,
  type Wanted,
} from './place-labels.ts'

export interface SeatDot {
  position: [number, number]
  rank: Seat['rank']
}
export interface Scene {
  places: BaseMap['places']
  /** points on lines that names keep clear of where they can */
  lines: LonLat[]
  lang: MapLang
  camera: Camera
  size: Size
  inset: Inset
  labelPx: number
  measure: Measure
  /** marks of what is going on, which names keep clear of where they can */
  marks?: readonly KeepClear[]
  /** where names stood before: they move only for a mark, or to say more */
  before?: NonNullable<Shunned['before']>
  /** what stands on the map and is no part of it, px: no name goes there */
  taken?: readonly Box[]
  /** no name is written across them */
  seams?: Seams
}
/** A mark on the map that must be seen. */
export interface KeepClear {
  position: readonly [number, number]
  radiusPx: number
  /** how far what is written to its right reaches from its middle, px */
  toRightPx?: number
  /** the same to its left */
  toLeftPx?: number
}

type Candidate = Wanted &
  Style & {
    text: string
    position: [number, number]
    /** how far it stands from its position to keep clear of a seam, px */
    aside: [number, number]
  }

const centred: Pick<Wanted, 'sides' | 'gapPx'> = { sides: ['centre'], gapPx: 0 }

/** What is below the map begins with a line: a name does not stand on it. */
const footGapEm = 0.3

const importance = ({ rank, mark }: Seat) => (rank === 'county' ? 0 : mark ? 1 : 2)

/** The names and dots of the base map, so placed that none covers another. */
export const labelScene = (
  scene: Scene,
): { labels: MapLabel[]; dots: SeatDot[]; stood: Map<string, Stood> } => {
  const { places, lang, camera, size, labelPx, measure } = scene
  const { xs, ys, widePx } = scene.seams ?? noSeams
  const [across, down] = [stripsOf(xs, widePx), stripsOf(ys, widePx)]
  const taken = [
    ...(scene.taken ?? []),
    ...across.map(({ fromPx, toPx }) => ({
      left: fromPx,
      right: toPx,
      top: 0,
      bottom: size.heightPx,
    })),
    ...down.map(({ fromPx, toPx }) => ({
      left: 0,
      right: size.widthPx,
      top: fromPx,
      bottom: toPx,
    })),
  ]
  const free = freeRoom(size, scene.inset)
  const room = {
    left: free.leftPx,
    top: free.topPx,
    right: free.leftPx + free.widthPx,
    bottom: free.topPx + free.heightPx - labelPx * footGapEm,
  }
  const candidate = (
    id: string,
    text: string,
    position: [number, number],
    style: Style,
    rest: Pick<Wanted, 'sides' | 'gapPx'>,
  ): Candidate => {
    const [x, y] = toScreen(position, camera, size)
    const widthPx = measure(text, style.sizePx, style.weight) + labelPx * 0.4
    const heightPx = style.sizePx * 1.15
    const middle = (at: number, lengthPx: number, strips: readonly Strip[]) =>
      clearStart(at - lengthPx / 2, lengthPx, strips) + lengthPx / 2
    // the name of an area stands anywhere in it, so it goes to one side of a seam
    const isOfArea = rest.sides[0] === 'centre'
    const own = isOfArea
      ? { x: middle(x, widthPx, across), y: middle(y, heightPx, down) }
      : { x, y }
    const aside: Candidate['aside'] = [own.x - x, own.y - y]
    return { id, text, position, ...own, aside, widthPx, heightPx, ...style, ...rest }
  }
  const ofPlaces = (kind: string, named: NamedPlace[], style: Style) =>
    named.flatMap(({ name, at }) =>
      at.map((position) =>
        candidate(`${kind} ${name.en}`, spaced(name[lang], lang), position, style, centred),
      ),
    )

  const emDegrees = labelPx / pxPerDegree(camera)
  const linePoints = scene.lines
    .map((point) => toScreen(point, camera, size))
    .filter((point) => holds(room, point))
  const counties = places.counties.flatMap(({ code, name, label: [lon, lat] }) => {
    const stands = countyStands(emDegrees).map(({ sizeEm, eastDeg, northDeg, sides }) => {
      const at: [number, number] = [lon + eastDeg, lat + northDeg]
      const style = styles.county(labelPx, sizeEm)
      return candidate(code, name[lang], at, style, { sides, gapPx: labelPx * 0.3 })
    })
    const crossed = crossedBy(linePoints, stands.map(boxOf))
    return Map.groupBy(stands, ({ sizePx }) => sizePx)
      .values()
      .flatMap((ofOneSize) =>
        ofOneSize
          .map((own, n) => ({ own, cost: crossed(boxOf(own)) + linesPerAside * n }))
          .sort((a, b) => a.cost - b.cost)
          .map(({ own }) => own),
      )
      .toArray()
  })
  const signs = (scene.marks ?? []).map((mark) => {
    const [x, y] = toScreen(mark.position, camera, size)
    return { ...mark, x, y }
  })
  const marks = signs.map(({ x, y, radiusPx, toRightPx, toLeftPx }) => ({
    left: x - (toLeftPx ?? radiusPx),
    right: x + (toRightPx ?? radiusPx),
    top: y - radiusPx,
    bottom: y + radiusPx,
  }))
  const shunned = { marks, ...(scene.before ? { before: scene.before } : {}) }
  const countyNames = placeLabels(counties, taken, room, shunned)
  const dotPx = labelPx * 0.5
  const seats = places.seats.flatMap((seat) => {
    if (seat.lon === null || seat.lat === null) return []
    const position: [number, number] = [seat.lon, seat.lat]
    const [x, y] = toScreen(position, camera, size)
    const half = dotPx / 2
    const box = { left: x - half, right: x + half, top: y - half, bottom: y + half }
    const isCovered = countyNames.some((name) => overlap(name.box, box))
    return isCovered ? [] : [{ seat, position, box }]
  })
  const seatNames = seats
    .toSorted((a, b) => importance(a.seat) - importance(b.seat))
    .flatMap(({ seat: { code, label, mark, rank }, position }) => {
      const style: Style = { ...styles.seat(labelPx), weight: rank === 'county' ? 500 : 400 }
      const gaps = gapsBeside(toScreen(position, camera, size), dotPx, signs)
      const texts = mark ? [`${label[lang]} · ${mark[lang]}`, label[lang]] : [label[lang]]
      return texts.flatMap((text) =>
        gaps.map((gapPx) =>
          candidate(code, text, position, style, {
            sides: ['right', 'left', 'above', 'below'],
            gapPx,
          }),
        ),
      )
    })
  const names = placeLabels(
    [
      ...ofPlaces('neighbour', places.neighbours, styles.neighbour(labelPx)),
      ...seatNames,
      ...ofPlaces('river', places.rivers, styles.river(labelPx)),
    ],
    [...taken, ...[...countyNames, ...seats].map(({ box }) => box)],
    room,
    { ...shunned, lines: linePoints },
  )
  const all = [...names, ...countyNames]
  return {
    labels: all.map(({ label, offset: [x, y] }) => ({
      ...label,
      offset: [x + label.aside[0], y + label.aside[1]],
    })),
    stood: new Map(
      all.map(({ label: { id, x, y, widthPx, gapPx }, side }) => [
        id,
        { x, y, widthPx, gapPx, side },
      ]),
    ),
    dots: seats.map(({ seat, position }) => ({ position, rank: seat.rank })),
  }
}

/** Every character that a map may have to draw, for loading the fonts beforehand. */
export const labelText = (places: BaseMap['places'], lang: MapLang): string =>
  [
    ...[...places.counties, ...places.neighbours, ...places.rivers].map(({ name }) => name[lang]),
    ...places.seats.flatMap(({ label, mark }) => [label[lang], mark?.[lang] ?? '']),
    ' ·',
  ].join('')
