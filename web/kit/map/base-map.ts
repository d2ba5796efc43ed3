import type { FeatureCollection, LineString, MultiLineString, Polygon } from 'geojson'

export type MapLang = 'zh' | 'en'
export type Text = Record<MapLang, string>
type LonLat = [number, number]

export interface County {
  code: string
  name: Text
  /** where its name stands, degrees */
  label: LonLat
}
export interface Seat {
  code: string
  county: string
  rank: 'county' | 'township'
  name: Text
  /** as short as the map can bear */
  label: Text
  /** a remark that belongs to the name */
  mark?: Text
  /** null where the place is not known: such a seat is not drawn */
  lon: number | null
  lat: number | null
}
export interface NamedPlace {
  name: Text
  /** where its name may stand, the best first, degrees */
  at: LonLat[]
}
export interface BorderStretch {
  kind: 'county' | 'prefecture' | 'national' | 'abroad'
  /** 1 at the prefecture, then less; how strongly to draw it */
  nearness: number
}
export interface RiverStretch {
  /** 1 is the great one, 4 the least */
  level: number
  nearness: number
}

/** The files of `public/map`, read. Coordinates are WGS-84. */
export interface BaseMap {
  counties: FeatureCollection<Polygon, County>
  outline: LonLat[]
  borders: FeatureCollection<LineString, BorderStretch>
  rivers: FeatureCollection<LineString, RiverStretch>
  /** lines of equal height, inside the prefecture */
  formLines: LonLat[][]
  places: { counties: County[]; neighbours: NamedPlace[]; rivers: NamedPlace[]; seats: Seat[] }
  relief: { image: ImageBitmap; bounds: [number, number, number, number] }
}

/** Points on the lines that a reader follows: borders and rivers. */
export const linesOf = (map: Pick<BaseMap, 'borders' | 'rivers'>): LonLat[] =>
  [...map.borders.features, ...map.rivers.features].flatMap(
    ({ geometry }) => geometry.coordinates as LonLat[],
  )

/** Fetches the base map from where the wall itself came from; rejects when any part is missing. */
export const loadBaseMap = async (folder = '/map/', signal?: AbortSignal): Promise<BaseMap> => {
  const fetched = async (name: string) => {
    const response = await fetch(folder + name, signal ? { signal } : {})
    if (!response.ok) throw new Error(`${name}: ${response.status}`)
    return response
  }
  const read = async <T>(name: string) => (await (await fetched(name)).json()) as T
  const [counties, outline, borders, rivers, formLines, places, relief] = await Promise.all([
    read<BaseMap['counties']>('counties.geojson'),
    read<FeatureCollection<Polygon>>('outline.geojson'),
    read<BaseMap['borders']>('borders.geojson'),
    read<BaseMap['rivers']>('rivers.geojson'),
    read<FeatureCollection<MultiLineString>>('form-lines.geojson'),
    read<BaseMap['places']>('places.json'),
    read<{ image: string; bounds: BaseMap['relief']['bounds'] }>('relief.json'),
  ])
  const picture = await (await fetched(relief.image)).blob()
  const image = await createImageBitmap(picture, { premultiplyAlpha: 'none' })
  return {
    counties,
    outline: outline.features[0]!.geometry.coordinates[0] as LonLat[],
    borders,
    rivers,
    formLines: formLines.features[0]!.geometry.coordinates as LonLat[][],
    places,
    relief: { image, bounds: relief.bounds },
  }
}
