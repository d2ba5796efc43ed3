import type { Page } from 'playwright-core'

/** Where a place falls on the page by the wall's own figures of its view. */
export const pixelOf = (page: Page, place: { lon: number; lat: number }) =>
  page.evaluate(({ lon, lat }) => {
    const room = document.querySelector<HTMLElement>('.prefecture-map .room')!
    const { x, y, width, height } = room.getBoundingClientRect()
    const [atLon, atLat, zoom] = document
      .querySelector<HTMLElement>('.prefecture-map')!
      .dataset.view!.split(' ')
      .map(Number) as [number, number, number]
    const mercator = (degrees: number) =>
      Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) * (180 / Math.PI)
    const perDegree = (512 * 2 ** zoom) / 360
    return {
      x: x + width / 2 + (lon - atLon) * perDegree,
      y: y + height / 2 - (mercator(lat) - mercator(atLat)) * perDegree,
    }
  }, place)
