import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptBytesAtMost, maskLine } from './mask-line.ts'

const now = Date.UTC(2026, 10, 22, 14)
const [card, phone, plate] = ['532801199001010187', '13912345678', '云K12345']
const codes = new Set(['id', 'incident'])
const lineOf = (text: string | Uint8Array, patterns: string[] = []) =>
  maskLine(typeof text === 'string' ? Buffer.from(text) : text, now, patterns, codes)

describe('a line as it may be kept', () => {
  it('is what came, to the last space, when there is nothing to mask', () => {
    const text = ' {"id" : "e1",\t"at":1795358467000, "body":{"summary":"货车侧翻\\n"} } \r'
    expect(lineOf(text)).toEqual({ text, masked: false, cut: false })
  })

  it.each([
    ['text', `{"summary":"电话${phone}"}`, '{"summary":"电话[手机号]"}'],
    ['a code', `{"unit":"${plate}"}`, '{"unit":"[车牌号]"}'],
    ['a key', `{"${phone}":1}`, '{"[手机号]":1}'],
    ['a number', `{"phone":${phone},"card":${card}}`, '{"phone":[手机号],"card":[证件号]}'],
    ['escaped signs', '{"a":"\\u0031\\u00339\\u00312345678"}', '{"a":"[手机号]"}'],
    ['what is no JSON', `报警人${phone}, ${card}`, '报警人[手机号], [证件号]'],
    ['a string without an end', `{"a":"b","c":"${phone}`, '{"a":"b","c":"[手机号]'],
    ['escaped signs in what is no JSON', `{"c":"\\u0031\\u00339${'12345678'}`, '{"c":"[手机号]'],
    ['quotes that do not match', `{"a":"x, "b":"${phone}"}`, '{"a":"x, "b":"[手机号]"}'],
  ])('masks %s', (_, text, wanted) => {
    expect(lineOf(text)).toEqual({ text: wanted, masked: true, cut: false })
  })

  it('keeps a code whole that looks as its source has declared, and only a code', () => {
    const line = (field: string) => `{"${field}":"${card}"}`
    expect(lineOf(line('incident'), ['##################']).masked).toBe(false)
    for (const field of ['summary', 'note', card])
      expect(lineOf(line(field), ['##################']).text).not.toContain(card)
  })

  it('reads the other Chinese encoding, and writes out the bytes of what is no text', () => {
    const gbk = Uint8Array.from([...Buffer.from('{"a":"'), 0xd4, 0xc6, ...Buffer.from('K12345"}')])
    expect(lineOf(gbk)).toMatchObject({ text: '{"a":"[车牌号]"}', masked: true })
    const bytes = Uint8Array.from([0xff, ...Buffer.from(phone), 0xff, 0x01])
    expect(lineOf(bytes)).toMatchObject({ text: '\\x{ff}[手机号]\\x{ff}\\x{1}', masked: true })
    const wide = Buffer.from(`a${phone}`, 'utf16le')
    expect(lineOf(wide)).toMatchObject({ text: expect.stringContaining('[手机号]'), masked: true })
  })

  it('is cut at a length, and no number is left in halves', () => {
    for (const number of [phone, card]) {
      for (let before = keptBytesAtMost - 400; before <= keptBytesAtMost; before++) {
        const { text, cut } = lineOf(`${'-'.repeat(before)}${number}${'-'.repeat(500)}`)
        expect(cut).toBe(true)
        expect(text).not.toMatch(/\d/)
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(keptBytesAtMost)
      }
    }
  })

  it('holds no number, whatever stands around it', () => {
    const junk = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\u n路'), maxLength: 12 })
    fc.assert(
      fc.property(junk, junk, fc.constantFrom(card, phone, plate), (before, after, number) => {
        expect(lineOf(`${before} ${number} ${after}`).text).not.toContain(number)
      }),
      { numRuns: 3000 },
    )
  })

  it('shows no number that an escaped digit makes longer than one', () => {
    for (const text of [
      `${phone}\\u0031${phone.slice(1)}`,
      `${phone}\\u0031`,
      `{"a":"${phone}\\u0031"}`,
      `"\\u0031${phone}`,
    ])
      expect(lineOf(text)).toMatchObject({ text: expect.not.stringContaining(phone), masked: true })
  })

  it('takes a time that grows with the length alone', () => {
    const startedMs = performance.now()
    for (const unit of ['\\"', '"', '{"a":', '"1 3', '\\u0031'])
      lineOf(unit.repeat(keptBytesAtMost / unit.length))
    // quadratic, each of them would take many seconds
    expect(performance.now() - startedMs).toBeLessThan(5000)
  })
})
