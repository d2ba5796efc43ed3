import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BaseMap, linesOf, type MapLang } from './base-map.ts'
import { fitCamera, toScreen } from './fit.ts'
import { labelScene } from './map-labels.ts'
import type { Measure } from './name-styles.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../public/map/${name}`, import.meta.url), 'utf8'))
const places = read('places.json') as BaseMap['places']
const outline = (
  read('outline.geojson') as { features: { geometry: { coordinates: BaseMap['outline'][] } }[] }
).features[0]!.geometry.coordinates[0]!

const lines = linesOf({
  borders: read('borders.geojson') as BaseMap['borders'],
  rivers: read('rivers.geojson') as BaseMap['rivers'],
})

/** About as wide as the real faces: Han is square, Latin about half. */
const measure: Measure = (text, sizePx) =>
  Array.from(text).reduce((sum, char) => sum + (char > '\u2e80' ? 1 : 0.55) * sizePx, 0)

type Wall = readonly [
  widthPx: number,
  heightPx: number,
  leftPx: number,
  rightPx: number,
  labelPx: number,
]
const walls: Wall[] = [
  [1920, 1080, 480, 520, 18],
  [3840, 1080, 900, 950, 24],
  [7680, 2160, 1600, 1700, 48],
  [1080, 1920, 0, 0, 20],
]

const sceneOf = (wall: Wall, lang: MapLang) => {
  const [widthPx, heightPx, left, right, labelPx] = wall
  const size = { widthPx, heightPx }
  const inset = { left, right, top: 0, bottom: 0 }
  const camera = fitCamera(outline, size, inset, labelPx)
  const scene = labelScene({ places, lines, lang, camera, size, inset, labelPx, measure })
  const boxes = scene.labels.map((label) => {
    const [x, y] = toScreen(label.position, camera, size)
    const half = measure(label.text, label.sizePx, label.weight) / 2
    const [dx, dy] = label.offset
    return {
      text: label.text,
      left: x + dx - half,
      right: x + dx + half,
      top: y + dy - label.sizePx / 2,
      bottom: y + dy + label.sizePx / 2,
    }
  })
  return { ...scene, boxes, size, inset }
}

describe.each(walls)('%i × %i', (...wall) => {
  test.each(['zh', 'en'] as const)('%s: names stand apart, clear of the panels', (lang) => {
    const { boxes, size, inset } = sceneOf(wall, lang)
    const hits = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => `${a.text} × ${b.text}`),
    )
    expect(hits).toEqual([])
    expect(boxes.filter(({ left }) => left < inset.left)).toEqual([])
    expect(boxes.filter(({ right }) => right > size.widthPx - inset.right)).toEqual([])
  })

  test('the counties, their neighbours and most seats are named', () => {
    const texts = sceneOf(wall, 'zh').labels.map(({ text }) => text)
    expect(texts).toEqual(expect.arrayContaining(['景洪市', '勐海县', '勐腊县', '磨憨 · 托管']))
    expect(texts.join('').replaceAll(' ', '')).toMatch(/老挝/)
    expect(texts.length).toBeGreaterThan(20)
  })
})

test('a seat whose place is not known is not drawn', () => {
  const unknown = places.seats.filter(({ lon }) => lon === null)
  expect(unknown.length).toBeGreaterThan(0)
  const { dots, labels } = sceneOf(walls[0]!, 'zh')
  expect(dots.length).toBeLessThanOrEqual(places.seats.length - unknown.length)
  expect(labels.map(({ text }) => text)).not.toContain(unknown[0]!.label.zh)
})

describe.each(['zh', 'en'] as const)('a wall of several screens, in %s (H16)', (lang) => {
  const size = { widthPx: 1920, heightPx: 1080 }
  const inset = { left: 100, right: 600, top: 100, bottom: 100 }
  const camera = fitCamera(outline, size, inset, 20)
  const scene = { places, lines, lang, camera, size, inset, labelPx: 20, measure }
  // through names of counties, whose place is not the map's to choose
  const [first] = places.counties
  const [x, y] = toScreen(first!.label, camera, size)
  const seams = { xs: [Math.round(x) + 8], ys: [Math.round(y) + 4], widePx: 20 }
  const cut = (labels: ReturnType<typeof labelScene>['labels']) =>
    labels.filter((label) => {
      const [atX, atY] = toScreen(label.position, camera, size)
      const [dx, dy] = label.offset
      const halfPx = measure(label.text, label.sizePx, label.weight) / 2
      return (
        Math.abs(atX + dx - seams.xs[0]!) < halfPx + seams.widePx / 2 ||
        Math.abs(atY + dy - seams.ys[0]!) < label.sizePx / 2 + seams.widePx / 2
      )
    })

  test('no name lies on a seam, and none of a county is lost for it', () => {
    expect(cut(labelScene(scene).labels).length, 'or nothing is tried').toBeGreaterThan(0)
    const { labels } = labelScene({ ...scene, seams })
    expect(cut(labels)).toEqual([])
    const texts = labels.map(({ text }) => text)
    for (const { name } of places.counties) expect(texts).toContain(name[lang])
  })
})

test('the name of a county steps aside for what is written over its middle, and stays in the county', () => {
  const wall: Wall = [1920, 1080, 480, 520, 18]
  const size = { widthPx: wall[0], heightPx: wall[1] }
  const inset = { left: wall[2], right: wall[3], top: 0, bottom: 0 }
  const camera = fitCamera(outline, size, inset, 18)
  const county = places.counties[0]!
  const given = { places, lines, camera, size, inset, labelPx: 18, measure, lang: 'zh' as const }
  const heightOf = (marks: Parameters<typeof labelScene>[0]['marks']) => {
    const found = labelScene({ ...given, ...(marks ? { marks } : {}) }).labels.find(
      ({ text }) => text === county.name.zh,
    )!
    return toScreen(found.position, camera, size)[1] + found.offset[1]
  }
  const sign = { position: county.label, radiusPx: 16, toRightPx: 120, toLeftPx: 120 }
  const movedPx = Math.abs(heightOf([sign as never]) - heightOf(undefined))
  expect(movedPx).toBeGreaterThan(16)
  expect(movedPx).toBeLessThan(3 * 18)
})

describe('signs lie on the map', () => {
  const [widthPx, heightPx, left, right, labelPx] = walls[0]!
  const size = { widthPx, heightPx }
  const inset = { left, right, top: 0, bottom: 0 }
  const camera = fitCamera(outline, size, inset, labelPx)
  const given = { places, lines, camera, size, inset, labelPx, measure, lang: 'zh' as const }
  const named = (scene: ReturnType<typeof labelScene>, text: string) =>
    scene.labels.find((label) => label.text === text)

  test('a sign on a seat has its name beside it, whole', () => {
    const seat = places.seats.find(({ mark }) => mark)!
    const text = `${seat.label.zh} · ${seat.mark!.zh}`
    const position = [seat.lon!, seat.lat!] as const
    const sign = { position, radiusPx: 22, toRightPx: 120 }
    const label = named(labelScene({ ...given, marks: [sign] }), text)!
    const [dx, dy] = label.offset
    const halfPx = measure(text, label.sizePx, label.weight) / 2
    const isClear = Math.abs(dy) - label.sizePx / 2 >= 22 || dx + halfPx <= -22
    expect(isClear, `${dx} ${dy}`).toBe(true)
  })

  test('a county that is full of signs keeps its name, in a smaller size', () => {
    const county = places.counties[1]!
    const usual = named(labelScene(given), county.name.zh)!
    const [lon, lat] = county.label
    const em = (n: number) =>
      (n * labelPx) /
      (toScreen([lon + 1, lat], camera, size)[0] - toScreen([lon, lat], camera, size)[0])
    const rows = [-3.6, -1.9, 0, 1.9, 3.6].map((north) => ({
      position: [lon, lat + em(north)] as const,
      radiusPx: 0.16 * labelPx,
      toRightPx: 90,
      toLeftPx: 90,
    }))
    const label = named(labelScene({ ...given, marks: rows }), county.name.zh)!
    expect(label.sizePx).toBeLessThan(usual.sizePx)
  })
})

/** Signs of several sizes with words beside them, all over the prefecture. */
const signsAnywhere = fc.noBias(
  fc.array(
    fc.record({
      position: fc
        .tuple(fc.integer({ min: 9990, max: 10190 }), fc.integer({ min: 2110, max: 2260 }))
        .map(([lon, lat]) => [lon / 100, lat / 100] as const),
      radiusEm: fc.integer({ min: 3, max: 17 }).map((tenths) => tenths / 10),
      toRightEm: fc.integer({ min: 2, max: 7 }),
    }),
    { minLength: 25, maxLength: 25 },
  ),
)

test.each(walls)('%i × %i: a second look with nothing changed moves no name', (...wall) => {
  const [widthPx, heightPx, left, right, labelPx] = wall
  const size = { widthPx, heightPx }
  const inset = { left, right, top: 0, bottom: 0 }
  const camera = fitCamera(outline, size, inset, labelPx)
  const given = { places, lines, camera, size, inset, labelPx, measure, lang: 'zh' as const }
  fc.assert(
    fc.property(signsAnywhere, (signs) => {
      const marks = signs.map(({ position, radiusEm, toRightEm }) => ({
        position,
        radiusPx: radiusEm * labelPx,
        toRightPx: toRightEm * labelPx,
      }))
      const first = labelScene({ ...given, marks })
      const second = labelScene({ ...given, marks, before: first.stood })
      expect(second.stood).toEqual(first.stood)
    }),
    { seed: 20261122, numRuns: 15, endOnFailure: true },
  )
})
