import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { levelShapes } from '#web/kit/level-shapes.ts'
import {
  contrast,
  deltaE2000,
  labOf,
  luminance,
  type Rgb,
  rgbOfHex,
  seenBy,
  type Vision,
  visions,
} from './colour.ts'
import { colourLiterals } from './known.ts'

const repo = resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(repo, file), 'utf8')
const tokensIn = (css: string): Record<string, Rgb> =>
  Object.fromEntries(
    Array.from(css.matchAll(/--([a-z0-9]+): (#[0-9a-f]{6})/g), ([, name, hex]) => [
      name!,
      rgbOfHex(hex!),
    ]),
  )
const day = tokensIn(read('web/kit/tokens.css'))
const night = { ...day, ...tokensIn(read('web/wall/night.css')) }
const statuses = ['p1', 'p2', 'p3', 'information', 'normal'] as const

describe('the formulas', () => {
  it.each([
    // Sharma, Wu, Dalal 2005, table 1: pairs 1, 7, 17, 24, 31
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  ] as const)('give the differences of their paper: %j and %j', (one, other, difference) => {
    expect(deltaE2000(one, other)).toBeCloseTo(difference, 4)
    expect(deltaE2000(other, one)).toBeCloseTo(difference, 4)
  })

  it('leave white white to every eye, and black black', () => {
    for (const vision of Object.keys(visions) as Vision[]) {
      for (const grey of [0, 255])
        for (const channel of seenBy(vision, [grey, grey, grey]))
          expect(channel).toBeCloseTo(grey, 0)
    }
    expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21, 5)
  })
})

describe.each([
  ['day', day],
  ['night', night],
])('the palette by %s', (_, tokens) => {
  const of = (name: string) => tokens[name] ?? expect.fail(`no token --${name}`)

  it('H2: words stand out 4.5:1, values 7:1, graphics 3:1', () => {
    for (const name of ['words', 'quiet'])
      expect([name, contrast(of(name), of('ground')) >= 4.5]).toEqual([name, true])
    expect(contrast(of('paper'), of('ground'))).toBeGreaterThanOrEqual(7)
    for (const name of [...statuses, 'force', 'accent'])
      expect([name, contrast(of(name), of('ground')) >= 3]).toEqual([name, true])
  })

  it.each(Object.keys(visions) as Vision[])(
    'H3: no two statuses look alike to %s eyes',
    (vision) => {
      const pairs = statuses.flatMap((one, index) =>
        statuses.slice(index + 1).map((other) => {
          const [a, b] = [one, other].map((name) => labOf(seenBy(vision, of(name))))
          return { pair: `${one} ${other}`, difference: deltaE2000(a!, b!) }
        }),
      )
      expect(pairs).toHaveLength(10)
      expect(pairs.filter(({ difference }) => difference < 12)).toEqual([])
    },
  )

  it('H19: nothing that always stands there is brighter than 60 %', () => {
    for (const name of ['words', 'quiet', 'line', 'force', 'accent'])
      expect([name, luminance(of(name)) <= 0.6]).toEqual([name, true])
  })
})

it('H3: in grey each status is told by a shape of its own', () => {
  const shapes = Object.values(levelShapes)
  expect(shapes.length).toBeGreaterThanOrEqual(4)
  expect(new Set(shapes).size).toBe(shapes.length)
})

it('H4: no colour is written outside of the token files', () => {
  const files = globSync('{web,topics}/**/*.{vue,ts,css}', { cwd: repo }).filter(
    (file) => !/\.test\.ts$|web\/kit\/tokens\.css|web\/wall\/night\.css|map-colours\.ts/.test(file),
  )
  const literal = /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=[;'"\s)])|\b(?:rgb|hsl)a?\([\d\s]/gi
  const found = Object.fromEntries(
    files.flatMap((file) => {
      const n = read(file).match(literal)?.length ?? 0
      return n > 0 ? [[file, n]] : []
    }),
  )
  expect(files.length).toBeGreaterThan(100)
  const more = Object.entries(found).filter(([file, n]) => n > (colourLiterals[file] ?? 0))
  expect(more).toEqual([])
})
