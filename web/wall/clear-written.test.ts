import { expect, it, vi } from 'vitest'
import { sceneNow } from '#protocol/scene.ts'
import { layer } from '#topics/incidents/incidents.layer.ts'
import { incidentScenes } from '#topics/incidents/incidents.scenes.ts'
import { incidents } from '#topics/incidents/incidents.ts'
import { pxPerDegree, toScreen } from '#web/kit/map/fit.ts'
import { cutBy, noSeams, type Seams, stripsOf } from '#web/kit/seams.ts'
import { clearWritten } from './clear-written.ts'

// the signs themselves are drawn on a canvas
vi.mock('#web/kit/level-atlas.ts', () => ({
  cellPerSign: 1,
  levelIcons: {},
  drawLevelAtlas: () => null,
}))

const labelPx = 30
const view = {
  camera: { longitude: 100.9, latitude: 21.8, zoom: 9.4 },
  size: { widthPx: 3840, heightPx: 1080 },
}
const state = incidents.initial()
for (const event of incidentScenes.flood) incidents.evolve(state, event)
interface Sign {
  head: { place: [number, number] }
}
/** Where the numbers beside the signs are drawn, px of the screen. */
const numbersWith = (seams: Seams) => {
  const drawn = layer({
    state,
    now: sceneNow,
    labelPx,
    pxPerDegree: pxPerDegree(view.camera),
    eastLon: 101.9,
    clearing: (place, written) => clearWritten(place, written, view, seams),
  })
  const { data, getText, getPosition, getPixelOffset, getTextAnchor, getSize } = drawn.find(
    ({ id }) => id === 'incidents-numbers',
  )!.props as unknown as Record<string, (sign: Sign) => never> & { data: Sign[] }
  return data.map((sign) => {
    const [x, y] = toScreen(getPosition!(sign), view.camera, view.size)
    const [dx, dy]: [number, number] = getPixelOffset!(sign)
    const sizePx: number = getSize!(sign)
    const text: string = getText!(sign)
    // a digit of the face is 0.6 em at most
    const widthPx = 0.6 * sizePx * text.length
    const left = x + dx - (getTextAnchor!(sign) === 'end' ? widthPx : 0)
    return { text, left, widthPx, top: y + dy - sizePx / 2, heightPx: sizePx }
  })
}

it('no number of an incident lies on a seam, through whichever of them it goes', () => {
  const before = numbersWith(noSeams)
  expect(before.length).toBeGreaterThan(3)
  for (const { text, left, widthPx, top, heightPx } of before) {
    const seams = { xs: [left + widthPx / 3], ys: [top + heightPx / 4], widePx: 32 }
    const after = numbersWith(seams)
    expect(after.map((number) => number.text)).toEqual(before.map((number) => number.text))
    for (const number of after) {
      const [across, down] = [stripsOf(seams.xs, 32), stripsOf(seams.ys, 32)]
      expect([text, cutBy(number.left, number.widthPx, across)]).toEqual([text, undefined])
      expect([text, cutBy(number.top, number.heightPx, down)]).toEqual([text, undefined])
    }
    expect(after).not.toEqual(before)
  }
})

it('without seams nothing moves', () => {
  expect(clearWritten([101, 22], [0, -15, 80, 15], view, noSeams)).toEqual([0, 0])
})
