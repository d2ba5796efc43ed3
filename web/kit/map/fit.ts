/** Room that panels take at each side, CSS px. */
export interface Inset {
  left: number
  right: number
  top: number
  bottom: number
}
export interface Size {
  widthPx: number
  heightPx: number
}
/** A camera for deck.gl's MapView. */
export interface Camera {
  longitude: number
  latitude: number
  zoom: number
}
export type LonLat = readonly [lon: number, lat: number]

/** deck.gl's world is this many px wide at zoom 0. */
const worldPx = 512

/** Where a place lies in Mercator's world at zoom 0, px. */
export const project = ([lon, lat]: LonLat): [number, number] => [
  (worldPx * (lon + 180)) / 360,
  worldPx * (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)),
]
export const unproject = ([x, y]: [number, number]): LonLat => [
  (x / worldPx) * 360 - 180,
  (Math.atan(Math.exp((0.5 - y / worldPx) * 2 * Math.PI)) * 360) / Math.PI - 90,
]

/** How large a degree of longitude is drawn, px. */
export const pxPerDegree = ({ zoom }: Pick<Camera, 'zoom'>): number => (worldPx * 2 ** zoom) / 360

/** What is left when panels have their room; the whole when they leave nothing. */
export const freeRoom = (size: Size, inset: Inset) => {
  const widthPx = size.widthPx - inset.left - inset.right
  const heightPx = size.heightPx - inset.top - inset.bottom
  return {
    ...(widthPx > 0 ? { leftPx: inset.left, widthPx } : { leftPx: 0, widthPx: size.widthPx }),
    ...(heightPx > 0 ? { topPx: inset.top, heightPx } : { topPx: 0, heightPx: size.heightPx }),
  }
}

/** The camera that shows all `places` as large as the free room allows, in its middle. */
export const fitCamera = (
  places: readonly LonLat[],
  size: Size,
  inset: Inset,
  marginPx: number,
): Camera => {
  const room = freeRoom(size, inset)
  const xy = places.map(project)
  const [xs, ys] = [xy.map(([x]) => x), xy.map(([, y]) => y)]
  const [west, east, north, south] = [
    Math.min(...xs),
    Math.max(...xs),
    Math.min(...ys),
    Math.max(...ys),
  ]
  const fits = (roomPx: number, extent: number) => Math.max(1, roomPx - 2 * marginPx) / extent
  const scale = Math.min(fits(room.widthPx, east - west), fits(room.heightPx, south - north))
  const aside = room.leftPx + room.widthPx / 2 - size.widthPx / 2
  const below = room.topPx + room.heightPx / 2 - size.heightPx / 2
  const [longitude, latitude] = unproject([
    (west + east) / 2 - aside / scale,
    (north + south) / 2 - below / scale,
  ])
  return { longitude, latitude, zoom: Math.log2(scale) }
}

/** Where a place falls on the screen under a camera, CSS px from the upper left. */
export const toScreen = (place: LonLat, camera: Camera, size: Size): [number, number] => {
  const scale = 2 ** camera.zoom
  const [x, y] = project(place)
  const [cx, cy] = project([camera.longitude, camera.latitude])
  return [size.widthPx / 2 + (x - cx) * scale, size.heightPx / 2 + (y - cy) * scale]
}
