import type { BaseMap } from './base-map.ts'
import type { LonLat } from './fit.ts'
import type { MapTarget } from './view.ts'

/** A target that stays where it is: whoever knows the units turns `follow` into `at`. */
export type StillTarget = Exclude<MapTarget, { follow: string }>

const kmPerDegree = 111.195

/** What must be seen when the map is turned to a target; a county that is not there: the prefecture. */
export const placesOf = (
  target: StillTarget,
  { outline, counties }: Pick<BaseMap, 'outline' | 'counties'>,
): readonly LonLat[] => {
  if ('at' in target) {
    const [lon, lat] = target.at
    const half = target.spanKm / 2 / kmPerDegree
    const wide = half / Math.cos((lat * Math.PI) / 180)
    return [
      [lon - wide, lat],
      [lon + wide, lat],
    ]
  }
  if (target.fit === 'county') {
    const own = counties.features.find(({ properties }) => properties.code === target.code)
    if (own) return own.geometry.coordinates[0] as [number, number][]
  }
  return outline
}
