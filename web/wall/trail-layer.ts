import type { Layer } from '@deck.gl/core'
import { LineLayer } from '@deck.gl/layers'
import { markColours, rgba } from '#web/kit/map/map-colours.ts'
import { type Glide, type Stretches, trailPlaces } from './unit-glide.ts'

const [red, green, blue] = rgba(markColours.force)
const strongest = 150
const alphaAt = (age: number) => Math.round(strongest * (1 - age / trailPlaces))

const columnsOf = ({ count, ends, ages }: Stretches) => {
  const colours = new Uint8Array(4 * count)
  for (let n = 0; n < count; n++) colours.set([red, green, blue, alphaAt(ages[n]!)], 4 * n)
  const value = ends.subarray(0, 4 * count)
  return {
    length: count,
    attributes: {
      getSourcePosition: { value, size: 2, stride: 16, offset: 0 },
      getTargetPosition: { value, size: 2, stride: 16, offset: 8 },
      getColor: { value: colours, size: 4 },
    },
  }
}
const lineLayer = (id: string, data: ReturnType<typeof columnsOf>, labelPx: number) =>
  new LineLayer({
    id,
    data,
    getWidth: labelPx / 12,
    widthUnits: 'pixels',
    updateTriggers: { getWidth: labelPx },
  })

/** What lies behind units, kept until a fix has come: a step of a glide changes none of it. */
let laid: { tails: Stretches; columns: ReturnType<typeof columnsOf> } | null = null

/** Where units came from, as a short line that fades. */
export const trailLayers = (glide: Glide, labelPx: number): Layer[] => {
  const tails = glide.tails()
  if (laid?.tails !== tails) laid = { tails, columns: columnsOf(tails) }
  return [
    lineLayer('unit-tails', laid.columns, labelPx),
    lineLayer('unit-heads', columnsOf(glide.heads()), labelPx),
  ]
}
