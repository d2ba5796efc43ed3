import type { Layer } from '@deck.gl/core'
import { PathLayer } from '@deck.gl/layers'
import { mapColours } from './map-colours.ts'
import type { OwnTiles } from './tile-layer.ts'

interface OwnShape {
  name: string
  line: [number, number][]
}
/** What a deployment has put over the built-in map. */
export interface OwnMap {
  /** made when it is drawn: a layer belongs to one Deck */
  tileLayer: (() => Layer) | null
  shapes: { name: string; lines: OwnShape[] }[]
}

/** Asks what the deployment has; what cannot be had is left out, and the built-in map stays. Tiles bring their own code. */
export const loadOwnMap = async (folder: string, signal: AbortSignal): Promise<OwnMap> => {
  const read = async <T>(url: string) => {
    const response = await fetch(url, { signal })
    if (!response.ok) throw new Error(`${url}: ${response.status}`)
    return (await response.json()) as T
  }
  const { tiles, shapes } = await read<{
    tiles: OwnTiles | null
    shapes: { name: string; url: string }[]
  }>(`${folder}own.json`)
  const [tileLayer, ...lines] = await Promise.all([
    tiles ? import('./tile-layer.ts').then((code) => code.tileLayerOf(tiles)) : null,
    ...shapes.map(async ({ name, url }) => ({ name, lines: await read<OwnShape[]>(url) })),
  ])
  return { tileLayer, shapes: lines }
}

/** The deployment's own lines: townships thin, boundaries as strong as those that come with Wanglou. */
export const ownLayers = ({ shapes }: OwnMap, strokePx: number): Layer[] =>
  shapes.map(
    ({ name, lines }) =>
      new PathLayer<OwnShape>({
        id: `map-own-${name}`,
        data: lines,
        getPath: ({ line }) => line,
        getWidth: (name === 'townships' ? 0.6 : 1.4) * strokePx,
        getColor: name === 'townships' ? mapColours.abroad : mapColours.prefecture,
        widthUnits: 'pixels',
        jointRounded: true,
        updateTriggers: { getWidth: strokePx },
      }),
  )
