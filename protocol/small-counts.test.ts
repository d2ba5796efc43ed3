import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Figure, smallCount } from './figure.ts'
import { hideSmallCount, type Told, toldByPart, toldByShares } from './small-counts.ts'

const provenance: Figure['provenance'] = {
  rule: 'x.rule.y',
  sources: ['bureau'],
  window: { fromMs: 1, toMs: 2 },
  count: 12,
  excluded: { untyped: 3, late: 7 },
  newest: { id: 'case-17', at: 1, seenAt: 2 },
  simulated: true,
}
const figure = (of: Partial<Figure>): Figure => ({ value: 40, unit: 'count', provenance, ...of })

describe('a figure', () => {
  it('that tells of no person or case leaves, however small, and names no event', () => {
    expect(hideSmallCount(figure({ value: 1 }))).toEqual(
      figure({ value: 1, provenance: { ...provenance, newest: null } }),
    )
  })

  it('leaves without how many of its records are simulated', () => {
    const told = { ...provenance, simulatedCount: 3 }
    for (const base of [undefined, 2, 40]) {
      const left = hideSmallCount(figure({ ...(base !== undefined && { base }), provenance: told }))
      expect(left.provenance).not.toHaveProperty('simulatedCount')
    }
  })

  it.each([0, 1, 2, 3, 4])(
    'of %d persons or cases leaves as "under 5", and nothing tells which',
    (n) => {
      const left = hideSmallCount(
        figure({ value: n, base: n, provenance: { ...provenance, count: n } }),
      )
      expect(left).toEqual({
        value: null,
        unit: 'count',
        under: 5,
        provenance: { ...provenance, sources: [], count: null, excluded: {}, newest: null },
      })
    },
  )

  it('of 5 leaves, without what is small beside it and without its newest case', () => {
    const left = hideSmallCount(
      figure({ value: 5, base: 5, provenance: { ...provenance, count: 4 } }),
    )
    expect(left).toEqual({
      value: 5,
      unit: 'count',
      provenance: { ...provenance, count: null, excluded: { late: 7 }, newest: null },
    })
    expect(hideSmallCount(figure({ base: 40 })).provenance.count).toBe(12)
  })

  it('of money or a share goes by the cases behind it', () => {
    expect(hideSmallCount(figure({ value: 1e6, unit: 'yuan', base: 4 }))).toMatchObject({
      value: null,
      under: 5,
    })
    expect(hideSmallCount(figure({ value: 0.6, unit: 'share', base: 3 }))).toMatchObject({
      value: null,
      under: 5,
    })
    expect(hideSmallCount(figure({ value: 1e6, unit: 'yuan', base: 5 })).value).toBe(1e6)
  })

  it('leaves as a share to the whole per cent only, and little is not nothing', () => {
    const shareOf = (value: number) =>
      hideSmallCount(figure({ value, unit: 'share', base: 5 })).value
    expect([5 / 13, 0.9, 5 / 5000].map(shareOf)).toEqual([0.38, 0.9, 0.005])
  })

  it('whose data is missing stays "no data"', () => {
    const left = hideSmallCount(figure({ value: null }))
    expect([left.value, left.under]).toEqual([null, undefined])
  })

  it('that would give others away is withheld, and does not claim to be small', () => {
    const left = hideSmallCount(figure({ value: 40, base: 40, rest: 2 }))
    expect(left).toMatchObject({ value: null, under: 5, beside: true })
    expect(left.provenance).toMatchObject({ sources: [], count: null })
    expect(hideSmallCount(figure({ base: 40, rest: 5 })).value).toBe(40)
    const share = hideSmallCount(figure({ value: 0.4, unit: 'share', base: 40, rest: 2 }))
    expect(share).toEqual(hideSmallCount(figure({ value: 0.4, unit: 'share', base: 2 })))
  })
})

/** What leaves of a figure, but for the figures that it stands beside. */
const wallOf = (count: number, told: Told, unit: Figure['unit'] = 'count'): string => {
  const { value, under, beside } = hideSmallCount(figure({ value: count, unit, ...told }))
  return `${value ?? `<${under}`}${beside ? '*' : ''}`
}

/** Whoever knows the rules asks of each wall: what may lie behind it? Gives what he finds out that he must not. */
const foundOut = <Hidden extends Record<string, number>>(
  cases: readonly { hidden: Hidden; wall: string }[],
): string[] =>
  Array.from(Map.groupBy(cases, ({ wall }) => wall)).flatMap(([wall, behind]) =>
    Object.keys(behind[0]!.hidden).flatMap((name) => {
      const possible = new Set(behind.map(({ hidden }) => hidden[name]!))
      const [only] = possible
      return possible.size === 1 && only! < smallCount ? [`${name} = ${only} behind ${wall}`] : []
    }),
  )
const upTo = (most: number) => Array.from({ length: most + 1 }, (_, n) => n)

describe('side by side', () => {
  it('a whole and a part never tell a small count, whatever they are', () => {
    const cases = upTo(30).flatMap((whole) =>
      upTo(whole).map((part) => {
        const told = toldByPart(whole, part)
        const wall = `${wallOf(whole, told.whole)} ${wallOf(part, told.part)}`
        return { hidden: { whole, part, rest: whole - part }, wall }
      }),
    )
    expect(foundOut(cases)).toEqual([])
    // and what tells nothing stands there
    expect(cases.find(({ hidden }) => hidden.whole === 30 && hidden.part === 20)?.wall).toBe(
      '30 20',
    )
  })

  /** Every way to have so many counts, none above `most`. */
  const everyWay = (of: number, most: number): number[][] =>
    of === 0 ? [[]] : everyWay(of - 1, most).flatMap((few) => upTo(most).map((n) => [...few, n]))

  it.each([
    [1, 12],
    [2, 30],
    [3, 16],
    [4, 9],
  ])('%d shares never tell a small count, even to who knows their whole', (of, most) => {
    const cases = everyWay(of, most).map((counts) => {
      const told = toldByShares(counts)
      const whole = counts.reduce((sum, count) => sum + count, 0)
      const marks = counts.map((count, index) => wallOf(count, told[index]!, 'share'))
      const wall = `${whole < smallCount ? '<5' : whole}: ${marks.join(' ')}`
      return { hidden: Object.fromEntries(counts.entries()) as Record<string, number>, wall }
    })
    expect(foundOut(cases)).toEqual([])
    const open = cases.filter(({ wall }) => !wall.includes('<'))
    expect(open.length > 0).toBe(of > 1)
  })

  it('shares that are withheld never come to little, unless all are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 12 }), (counts) => {
        const told = toldByShares(counts)
        const withheld = counts.filter((count, n) => wallOf(count, told[n]!) !== String(count))
        const sum = withheld.reduce((total, count) => total + count, 0)
        if (withheld.length > 0 && withheld.length < counts.length) {
          expect(sum).toBeGreaterThanOrEqual(smallCount)
          expect(withheld.length).toBeGreaterThan(1)
        }
        for (const [n, count] of counts.entries())
          if (count < smallCount) expect(wallOf(count, told[n]!)).toBe('<5')
      }),
    )
  })
})
