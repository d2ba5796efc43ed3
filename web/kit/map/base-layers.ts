import type { Layer } from '@deck.gl/core'
import {
  BitmapLayer,
  PathLayer,
  ScatterplotLayer,
  SolidPolygonLayer,
  TextLayer,
} from '@deck.gl/layers'
import type { Feature, LineString } from 'geojson'
import type { BaseMap, BorderStretch, RiverStretch } from './base-map.ts'
import { dashed } from './dashes.ts'
import { mapColours } from './map-colours.ts'
import type { SeatDot } from './map-labels.ts'
import { type MapLabel, mapFont } from './name-styles.ts'

/** A piece of a border and how strongly it is drawn. */
interface Line {
  path: Ring
  nearness: number
}
type Ring = [number, number][]

/** Far outside of anything that a wall shows. */
const everywhere: Ring = [
  [60, -20],
  [140, -20],
  [140, 60],
  [60, 60],
  [60, -20],
]

const pathOf = (feature: Feature<LineString>) => feature.geometry.coordinates as Ring
const dimmed = (
  [red, green, blue, alpha]: readonly [number, number, number, number],
  nearness: number,
): [number, number, number, number] => [red, green, blue, Math.round(alpha * nearness)]

/** By level, in widths of a county border: the Mekong, its rivers, their brooks. */
const riverWidths: Record<number, number> = { 1: 2, 2: 1.1, 3: 0.8 }

const rounded = { jointRounded: true, capRounded: true, widthUnits: 'pixels' } as const

/**
 * Form lines are lit from the north-west as if they were the edges of terraces: bright towards the light, dark away
 * from it, nearly gone between. The higher ground is to the left of a line.
 */
const lightOf = (line: Ring): [number, number, number, number][] =>
  line.map((_, i) => {
    const [before, after] = [line[Math.max(0, i - 1)]!, line[Math.min(line.length - 1, i + 1)]!]
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]]
    const facing = -(dx + dy) / (Math.SQRT2 * (Math.hypot(dx, dy) || 1))
    return dimmed(facing > 0 ? mapColours.formLine : mapColours.formShade, Math.abs(facing))
  })

/**
 * Lines of the border's weight, in widths of a county border: a nation's is dash and dot, a county's short dashes, the
 * prefecture's own is whole. Each can be told from the others where colour and width are lost.
 */
const borderPatterns = {
  national: [12, 4.5, 0.7, 4.5],
  county: [4.5, 3.5],
  abroad: [7, 3.5, 0.7, 3.5],
}
const borderWidths = { national: 2.2, prefecture: 1.6, county: 1.1, abroad: 1 }

/**
 * Ground, relief, water and borders; `strokePx` is the width of a county border, `pxPerDegree` how large a degree of
 * longitude is drawn.
 */
export const landLayers = (map: BaseMap, strokePx: number, pxPerDegree: number): Layer[] => {
  const linesOf = (kind: BorderStretch['kind']) =>
    map.borders.features.filter(({ properties }) => properties.kind === kind)
  const borders = (
    id: string,
    lines: Line[],
    width: number,
    colour: readonly [number, number, number, number],
  ) =>
    new PathLayer<Line>({
      id: `map-${id}`,
      data: lines,
      getPath: ({ path }) => path,
      getWidth: width * strokePx,
      getColor: ({ nearness }) => dimmed(colour, nearness),
      updateTriggers: { getWidth: strokePx },
      ...rounded,
    })
  const whole = (kind: BorderStretch['kind']) =>
    linesOf(kind).map((one) => ({ path: pathOf(one), nearness: one.properties.nearness }))
  const broken = (kind: keyof typeof borderPatterns) => {
    const pattern = borderPatterns[kind].map((length) => (length * strokePx) / pxPerDegree)
    return whole(kind).flatMap(({ path, nearness }) =>
      dashed(path, pattern).map((piece) => ({ path: piece, nearness })),
    )
  }
  return [
    new SolidPolygonLayer<Ring>({
      id: 'map-body',
      data: [map.outline],
      getPolygon: (ring) => ring,
      getFillColor: mapColours.body,
    }),
    new BitmapLayer({
      id: 'map-relief',
      image: map.relief.image,
      bounds: map.relief.bounds,
      opacity: mapColours.lightOpacity,
      tintColor: mapColours.light,
    }),
    new PathLayer<Ring>({
      id: 'map-form-lines',
      data: map.formLines,
      getPath: (line) => line,
      getWidth: 0.55 * strokePx,
      getColor: lightOf,
      updateTriggers: { getWidth: strokePx },
      ...rounded,
    }),
    new PathLayer<Feature<LineString, RiverStretch>>({
      id: 'map-rivers',
      data: map.rivers.features,
      getPath: pathOf,
      getWidth: ({ properties }) => (riverWidths[properties.level] ?? 0.6) * strokePx,
      getColor: ({ properties }) => dimmed(mapColours.river, properties.nearness),
      updateTriggers: { getWidth: strokePx },
      ...rounded,
    }),
    // a band of the border's colour, as an atlas has it; the veil leaves its inner half
    borders('border-band', whole('national'), 13, mapColours.nationalBand),
    new SolidPolygonLayer<Ring[]>({
      id: 'map-veil',
      data: [[everywhere, map.outline]],
      getPolygon: (rings) => rings,
      getFillColor: mapColours.veil,
    }),
    borders('abroad', broken('abroad'), borderWidths.abroad, mapColours.abroad),
    borders('county-borders', broken('county'), borderWidths.county, mapColours.county),
    borders('casing', [...whole('prefecture'), ...whole('national')], 4.8, mapColours.casing),
    borders(
      'prefecture-border',
      whole('prefecture'),
      borderWidths.prefecture,
      mapColours.prefecture,
    ),
    borders('national-border', broken('national'), borderWidths.national, mapColours.national),
  ]
}

/** The dots of the seats and every name; the fonts must be loaded. */
export const nameLayers = (labels: MapLabel[], dots: SeatDot[], labelPx: number): Layer[] => [
  new ScatterplotLayer<SeatDot>({
    id: 'map-seats',
    data: dots,
    getPosition: ({ position }) => position,
    getRadius: ({ rank }) => labelPx * (rank === 'county' ? 0.17 : 0.11),
    getFillColor: ({ rank }) => (rank === 'county' ? mapColours.seatMark : mapColours.body),
    getLineColor: mapColours.seatMark,
    getLineWidth: labelPx * 0.06,
    stroked: true,
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    updateTriggers: { getRadius: labelPx },
  }),
  ...([400, 500, 600] as const).map(
    (weight) =>
      new TextLayer<MapLabel>({
        id: `map-names-${weight}`,
        data: labels.filter((label) => label.weight === weight),
        characterSet: 'auto',
        fontFamily: mapFont,
        fontWeight: weight,
        fontSettings: { sdf: true, fontSize: 64, buffer: 8, radius: 16 },
        // wide enough for a line to end where a name stands on it
        outlineWidth: 8,
        outlineColor: mapColours.halo,
        getText: ({ text }) => text,
        getPosition: ({ position }) => position,
        getPixelOffset: ({ offset }) => offset,
        getSize: ({ sizePx }) => sizePx,
        getColor: ({ colour }) => [...colour],
      }),
  ),
]
