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
import { mapColours } from './map-colours.ts'
import { type MapLabel, mapFont, type SeatDot } from './map-labels.ts'

type Stretch = Feature<LineString, BorderStretch>
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

const rounded = { jointRounded: true, capRounded: true, widthUnits: 'pixels' } as const

/** Ground, relief, water and borders; `strokePx` is the width of a county border. */
export const landLayers = (map: BaseMap, strokePx: number): Layer[] => {
  const borders = (
    id: string,
    kinds: BorderStretch['kind'][],
    width: number,
    colour?: typeof mapColours.casing,
  ) =>
    new PathLayer<Stretch>({
      id: `map-${id}`,
      data: map.borders.features.filter(({ properties }) => kinds.includes(properties.kind)),
      getPath: pathOf,
      getWidth: width * strokePx,
      getColor: ({ properties }) =>
        dimmed(colour ?? mapColours[properties.kind], properties.nearness),
      updateTriggers: { getWidth: strokePx },
      ...rounded,
    })
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
      getWidth: 0.7 * strokePx,
      getColor: mapColours.formLine,
      updateTriggers: { getWidth: strokePx },
      ...rounded,
    }),
    new PathLayer<Feature<LineString, RiverStretch>>({
      id: 'map-rivers',
      data: map.rivers.features,
      getPath: pathOf,
      getWidth: ({ properties }) => (properties.level === 1 ? 1.8 : 0.9) * strokePx,
      getColor: ({ properties }) => dimmed(mapColours.river, properties.nearness),
      updateTriggers: { getWidth: strokePx },
      ...rounded,
    }),
    new SolidPolygonLayer<Ring[]>({
      id: 'map-veil',
      data: [[everywhere, map.outline]],
      getPolygon: (rings) => rings,
      getFillColor: mapColours.veil,
    }),
    borders('abroad', ['abroad'], 1),
    borders('county-borders', ['county'], 1.2),
    borders('casing', ['prefecture', 'national'], 6, mapColours.casing),
    borders('prefecture-border', ['prefecture'], 1.7),
    borders('national-border', ['national'], 2.6),
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
        outlineWidth: 4,
        outlineColor: mapColours.halo,
        getText: ({ text }) => text,
        getPosition: ({ position }) => position,
        getPixelOffset: ({ offset }) => offset,
        getSize: ({ sizePx }) => sizePx,
        getColor: ({ colour }) => [...colour],
      }),
  ),
]
