import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import type { LegendMark } from '#web/kit/map/legend.ts'
import { markColours, rgba } from '#web/kit/map/map-colours.ts'
import type { MapScene } from '#web/kit/map/view.ts'
import { measureOnMap } from './anti-fraud.codes.ts'
import { measureByPlace, type PlaceOfMeasure } from './anti-fraud.rows.ts'
import type { Fraud } from './series.ts'

/** Of the ring of a single one, and at most, in sizes of a word: area goes with the count. */
const leastEm = 0.4
const mostEm = 2.2

/** Radius of a place's ring, in sizes of a word. */
export const radiusEm = (count: number): number => Math.min(leastEm * Math.sqrt(count), mostEm)

/** Today's count by township, as quiet rings at the seats: outlines of townships are not public. */
export const layer = (of: MapScene<Fraud>): Layer[] => {
  const { state, now, labelPx } = of
  return [
    new ScatterplotLayer<PlaceOfMeasure>({
      id: 'anti-fraud-places',
      data: measureByPlace(measureOnMap)(state, now),
      getPosition: ({ seat }) => [seat.lon, seat.lat],
      getRadius: ({ count }) => radiusEm(count) * labelPx,
      radiusUnits: 'pixels',
      filled: true,
      getFillColor: rgba(markColours.measured, 0.16),
      stroked: true,
      getLineColor: rgba(markColours.measured, 0.75),
      lineWidthUnits: 'pixels',
      getLineWidth: labelPx / 14,
      updateTriggers: { getRadius: labelPx, getLineWidth: labelPx },
    }),
  ]
}

export const legend: readonly LegendMark[] = [
  {
    word: 'anti-fraud.mark',
    path: 'M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z',
    colour: markColours.measured,
    isHollow: true,
  },
]
