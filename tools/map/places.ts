import type { Feature, Polygon } from 'geojson'

export interface Text {
  zh: string
  en: string
}
export interface Seat {
  code: string
  county: string
  rank: 'county' | 'township'
  name: Text
  /** as short as the map can bear; names that exist twice keep their county */
  label: Text
  mark?: Text
  lon: number | null
  lat: number | null
}

const counties = [
  { code: '532801', name: { zh: '景洪市', en: 'Jinghong City' }, label: [100.86, 22.2] },
  { code: '532822', name: { zh: '勐海县', en: 'Menghai County' }, label: [100.33, 22.08] },
  { code: '532823', name: { zh: '勐腊县', en: 'Mengla County' }, label: [101.5, 21.62] },
]
/** Where a name may stand, the best first: on a narrow wall the first may be off the screen. */
const neighbours = [
  {
    name: { zh: '缅甸', en: 'Myanmar' },
    at: [
      [100.05, 21.4],
      [100.35, 21.3],
      [100.2, 21.1],
    ],
  },
  {
    name: { zh: '老挝', en: 'Laos' },
    at: [
      [102.05, 21.6],
      [101.0, 21.15],
      [101.5, 20.95],
    ],
  },
  {
    name: { zh: '普洱', en: "Pu'er" },
    at: [
      [100.35, 22.62],
      [100.2, 22.75],
      [101.45, 22.68],
    ],
  },
]
const rivers = [
  {
    name: { zh: '澜沧江', en: 'Lancang' },
    at: [
      [100.77, 21.86],
      [100.68, 21.78],
      [101.01, 21.92],
    ],
  },
  {
    name: { zh: '湄公河', en: 'Mekong' },
    at: [
      [101.02, 21.36],
      [100.75, 21.2],
    ],
  },
]

/** Everything on the map that has a name. */
export const placesFrom = (shapes: Feature<Polygon, { name: string }>[], seats: Seat[]) => ({
  counties: counties.filter(({ name }) =>
    shapes.some((shape) => shape.properties.name === name.zh),
  ),
  neighbours,
  rivers,
  seats,
})
