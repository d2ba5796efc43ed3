import type { Layer } from '@deck.gl/core'
import { TileLayer } from '@deck.gl/geo-layers'
import { BitmapLayer } from '@deck.gl/layers'
import { PMTiles } from 'pmtiles'
import { mapColours } from './map-colours.ts'

/** Where pictures of the ground are asked for. */
export interface OwnTiles {
  kind: 'raster' | 'pmtiles'
  url: string
  minZoom: number
  maxZoom: number
}
type Ask = (tile: { x: number; y: number; z: number }, signal?: AbortSignal) => Promise<Blob | null>

const askRaster =
  (url: string): Ask =>
  async ({ x, y, z }, signal) => {
    const of = url.replace('{z}', `${z}`).replace('{x}', `${x}`).replace('{y}', `${y}`)
    const response = await fetch(of, signal ? { signal } : {})
    return response.ok ? response.blob() : null
  }
const askArchive = (url: string): Ask => {
  const archive = new PMTiles(new URL(url, location.href).href)
  return async ({ x, y, z }, signal) => {
    const tile = await archive.getZxy(z, x, y, signal)
    return tile ? new Blob([tile.data]) : null
  }
}

/** Pictures of the ground, greyed and darkened to what a wall bears at night; a tile that is not there is ground. */
export const tileLayerOf = ({ kind, url, minZoom, maxZoom }: OwnTiles): (() => Layer) => {
  const ask = kind === 'pmtiles' ? askArchive(url) : askRaster(url)
  return () =>
    new TileLayer<ImageBitmap | null>({
      id: 'map-own-tiles',
      minZoom,
      maxZoom,
      tileSize: 256,
      getTileData: async ({ index, signal }) => {
        const blob = await ask(index, signal)
        return blob && createImageBitmap(blob, { premultiplyAlpha: 'none' })
      },
      onTileError: () => {},
      renderSubLayers: ({ id, data, tile }) => {
        if (!data) return null
        const [[west, south], [east, north]] = tile.boundingBox as [number[], number[]]
        return new BitmapLayer({
          id,
          image: data,
          bounds: [west!, south!, east!, north!],
          desaturate: 0.85,
          tintColor: mapColours.light,
          opacity: mapColours.tileOpacity,
        })
      },
    })
}
