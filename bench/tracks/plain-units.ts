import { IconLayer } from '@deck.gl/layers'

/** A unit as a program that knows no columns would hold it. */
export interface PlainUnit {
  unit: string
  at: number
  lon: number
  lat: number
  speedKmh: number
  headingDeg: number
}

const fraction = (n: number): number => Math.abs((Math.sin(n) * 43_758.5453) % 1)

/** Where the n-th unit is after so many updates. */
export const unitAt = (n: number, update: number, at: number): PlainUnit => ({
  unit: `U-${n}`,
  at,
  lon: 100.2 + fraction(n) * 1.4 + update * 1e-3,
  lat: 21.3 + fraction(n + 0.5) + update * 1e-3,
  // one in thirty starts or stops with each update
  speedKmh: (n + update) % 30 < 15 ? 0 : 30,
  headingDeg: Math.round(fraction(n + 0.25) * 359 + 7 * update) % 360,
})

/** deck.gl as its guide feeds it: objects in, an accessor a column; with `glideMs` from place to place by its own transitions. */
export const objectLayer = (
  data: readonly PlainUnit[],
  sizePx: number,
  nowMs: number,
  glideMs: number,
) =>
  new IconLayer<PlainUnit>({
    id: 'units',
    data,
    iconAtlas: '/icons/unit-marks.png',
    iconMapping: {
      moving: { x: 0, y: 0, width: 64, height: 64, mask: true },
      standing: { x: 64, y: 0, width: 64, height: 64, mask: true },
    },
    getPosition: ({ lon, lat }) => [lon, lat],
    getAngle: ({ headingDeg }) => -headingDeg,
    getColor: ({ at }) => [169, 188, 211, nowMs - at > 60_000 ? 70 : 255],
    getIcon: ({ speedKmh }) => (speedKmh < 2 ? 'standing' : 'moving'),
    getSize: sizePx,
    ...(glideMs > 0 ? { transitions: { getPosition: glideMs } } : {}),
  })
