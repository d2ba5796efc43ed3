import type { Lang } from '#web/kit/lang.ts'
import type { Seams } from '#web/kit/seams.ts'
import type { TypeScale } from '#web/kit/type-scale.ts'
import { columnTracks } from './column-tracks.ts'
import { type Geometry, innerColumns, wallGeometry } from './geometry.ts'
import type { Format } from './scenes/scene.ts'

/** A map narrower than this says nothing, in sizes of a word. */
const leastMapEm = 30
const fewerColumns: Partial<Record<Format, Format>> = { vast: 'wide', wide: 'compact' }

/** What the columns leave to the map where each stands on one screen, px. */
const mapPxOf = (geometry: Geometry, widthPx: number, scale: TypeScale, seams: Seams): number => {
  const { format, marginPx, gutterPx } = geometry
  const { left, right } = innerColumns[format]
  const tracks = columnTracks(geometry, widthPx, scale, seams)
  const columnsPx = Object.entries(tracks)
    .filter(([name]) => !name.endsWith('-off'))
    .reduce((sum, [, px]) => sum + px, 0)
  return widthPx - columnsPx - 2 * marginPx - (2 + left + right) * gutterPx
}

/** Cuts up a wall of several screens: where small ones hold a column each, fewer columns leave the map its room. */
export const seamedGeometry = (
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  scale: TypeScale,
  lang: Lang,
  seams: Seams,
): Geometry => {
  const cut = (format?: Format): Geometry => {
    const geometry = wallGeometry(widthPx, heightPx, scale, lang, format)
    const fewer = fewerColumns[geometry.format]
    if (!fewer || seams.xs.length === 0) return geometry
    const mapEm = mapPxOf(geometry, widthPx, scale, seams) / scale.wordPx
    return mapEm < leastMapEm ? cut(fewer) : geometry
  }
  return cut()
}
