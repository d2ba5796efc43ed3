import { describe, expect, it } from 'vitest'
import type { Body } from '#protocol/event.ts'
import { fraudTypeOf, fraudTypes, hasMoney, measures, sentTypes } from './anti-fraud.codes.ts'
import { fraudEvents } from './anti-fraud.events.ts'

describe('at the door', () => {
  const { body } = fraudEvents['fraud.measured']
  const refusal = (value: Body) => {
    const issue = body.safeParse({ division: '532801', count: 1, ...value }).error?.issues[0]
    return issue && `${issue.path.join('.')}: ${issue.message}`
  }

  it.each(measures)('money comes with %s only where it is a sum of money', (measure) => {
    const [bare, paid] = [refusal({ measure }), refusal({ measure, amountYuan: 10.25 })]
    if (hasMoney(measure)) {
      expect(bare).toBe(`amountYuan: ${measure} is a sum of money: say how much, in yuan`)
      expect(paid).toBeUndefined()
    } else {
      expect(bare).toBeUndefined()
      expect(paid).toBe(`amountYuan: ${measure} has no money: remove amountYuan`)
    }
  })

  it.each([
    ['a third decimal', { amountYuan: 0.125 }, /^amountYuan: yuan, with at most 2 decimals/],
    ['a debt', { amountYuan: -1 }, /^amountYuan: /],
    ['more than any bank has', { amountYuan: 1e10 + 1 }, /^amountYuan: /],
    ['money of nobody', { amountYuan: 1, count: 0 }, /^amountYuan: money without a case/],
    ['half a case', { amountYuan: 1, count: 0.5 }, /^count: /],
    ['less than none', { amountYuan: 1, count: -1 }, /^count: /],
    ['too many', { amountYuan: 1, count: 10_000_001 }, /^count: /],
    ['an unknown type', { amountYuan: 1, fraudType: 'theft' }, /^fraudType: /],
    ['a place elsewhere', { amountYuan: 1, division: '110101' }, /^division: /],
    ['a person', { amountYuan: 1, victim: 'x' }, /^: Unrecognized key/],
  ])('%s is refused', (_, value, says) => {
    expect(refusal({ measure: 'funds-frozen', ...value })).toMatch(says)
  })

  it.each([0, 0.01, 0.07, 1.1, 48600.5, 9_999_999_999.99])('%d yuan are taken', (amountYuan) => {
    expect(refusal({ measure: 'funds-frozen', amountYuan })).toBeUndefined()
  })

  it('types of 2024 and 2025 are taken, and both count under the type of 2025', () => {
    for (const fraudType of sentTypes) {
      expect(refusal({ measure: 'cases-solved', fraudType })).toBeUndefined()
      expect(fraudTypes).toContain(fraudTypeOf(fraudType))
    }
    expect(fraudTypeOf('fake-loan')).toBe('fake-loan-or-credit')
    expect(fraudTypeOf('fake-credit-record')).toBe('fake-loan-or-credit')
  })
})
