import { describe, expect, test } from 'vitest'
import { createProgress, progressLine, summaryOf } from './progress.ts'
import { emptyTally } from './run.ts'

const tally = { ...emptyTally(), sent: 500, accepted: 450, duplicate: 30, refused: 20 }

describe('progress', () => {
  test('is a bar with its figures', () => {
    const bar = '[############............]'
    expect(progressLine(tally, 1000)).toBe(`${bar} 50 % 500/1,000 · 20 refused`)
    const second = { ...tally, lap: 2, sent: 1500 }
    expect(progressLine(second, 1000)).toBe(`lap 2 ${bar} 50 % 500/1,000 · 20 refused`)
    expect(progressLine({ ...tally, sent: 1000 }, 1000)).toContain(
      '[########################] 100 %',
    )
  })

  test('is drawn over itself on a terminal, and a plain line every 5 s elsewhere', () => {
    const written: string[] = []
    let nowMs = 0
    const write = (text: string) => written.push(text)
    const drawn = createProgress({ isTTY: true, write }, 1000, () => nowMs)
    drawn.show(tally)
    expect(written.splice(0)).toEqual([`\r\x1b[K${progressLine(tally, 1000)}`])
    const plain = createProgress({ isTTY: false, write }, 1000, () => nowMs)
    for (; nowMs <= 11_000; nowMs += 500) plain.show(tally)
    expect(written).toEqual(Array.from({ length: 2 }, () => `${progressLine(tally, 1000)}\n`))
  })
})

describe('the summary', () => {
  test('counts', () => {
    expect(summaryOf({ ...tally, refused: 0 }, 1234)).toBe(
      '500 records sent: 450 accepted, 30 duplicate, 0 refused, 1.2 s',
    )
  })

  test('of positions knows no duplicate', () => {
    expect(summaryOf({ ...tally, refusals: [] }, 1234, 'position').split('\n')[0]).toBe(
      '500 positions sent: 450 accepted, 20 refused, 1.2 s',
    )
  })

  test('names the first refusals and says what a conflict is', () => {
    const refusal = { lap: 1, line: 7, id: 'e', field: 'id', reason: 'id-conflict: seq 1' }
    const lost = { lap: 2, line: 9, id: null, field: null, reason: 'not JSON' }
    const text = summaryOf({ ...tally, lap: 2, conflicts: 1, refusals: [refusal, lost] }, 60_000)
    expect(text.split('\n')).toEqual([
      '500 records sent in 2 laps: 450 accepted, 30 duplicate, 20 refused, 60.0 s',
      '  line 7 · e · id · id-conflict: seq 1',
      '  lap 2, line 9 · not JSON',
      '  and 18 more',
      expect.stringContaining('--tag LABEL'),
    ])
  })
})
