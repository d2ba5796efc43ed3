import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from './fold-text.ts'
import { checkDigitOf } from './identity-card.ts'
import { faultOfCode, maskText } from './mask.ts'

const now = Date.UTC(2026, 10, 22, 14)
const masked = (text: string) => maskText(text, now).text
const cardOf = (region: string, day: string, order = '018') =>
  `${region}${day}${order}${checkDigitOf(`${region}${day}${order}`)}`
const card = cardOf('532801', '19900101')
const cardWithX = [
  '001',
  '002',
  '003',
  '004',
  '005',
  '006',
  '007',
  '008',
  '009',
  '010',
  '011',
  '012',
]
  .map((order) => cardOf('532801', '19850615', order))
  .find((each) => each.endsWith('X'))!
const phone = '13912345678'
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

describe('masks', () => {
  it.each([
    ['an identity card', `身份证${card}，男`, '身份证[证件号]，男'],
    ['one that ends in X', `证号:${cardWithX}。`, '证号:[证件号]。'],
    ['a small x', cardWithX.toLowerCase(), '[证件号]'],
    ['full width', `证${fullWidth(cardWithX)}件`, '证[证件号]件'],
    ['in groups', `${card.slice(0, 6)} ${card.slice(6, 14)}-${card.slice(14)}`, '[证件号]'],
    ['after letters', `ID${card}`, 'ID[证件号]'],
    ['after another figure', `2026 ${card} 5`, '2026 [证件号] 5'],
    ['born today', cardOf('532801', '20261122'), '[证件号]'],
    ['born on a leap day', cardOf('810000', '20000229'), '[证件号]'],

    ['a mobile number', `电话${phone}联系`, '电话[手机号]联系'],
    ['3-4-4', '打139-1234-5678，', '打[手机号]，'],
    ['with spaces', '139 1234 5678', '[手机号]'],
    ['with dots', '139.1234.5678', '[手机号]'],
    ['each by itself', '1 3 9 1 2 3 4 5 6 7 8', '[手机号]'],
    ['of the country', '+86 139 1234 5678', '[手机号]'],
    ['of the country, short', '8613912345678', '[手机号]'],
    ['of the country, long', '008613912345678', '[手机号]'],
    ['of the country, in brackets', '（+86）13912345678', '[手机号]'],
    ['dialled from afar', '013912345678', '[手机号]'],
    ['full width with a long dash', `${fullWidth('139')}—${fullWidth('12345678')}`, '[手机号]'],
    ['with nothing seen in it', '139\u200b1234\u200b5678', '[手机号]'],
    ['in mathematical digits', '𝟏𝟑𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖', '[手机号]'],
    ['a list of them', `1.${phone} 2.${phone}`, '1.[手机号] 2.[手机号]'],
    ['two in a row', `${phone}/${phone}`, '[手机号]/[手机号]'],

    ['a plate', '车牌云K12345逃逸', '车牌[车牌号]逃逸'],
    ['with a dot', '云A·1B3C5', '[车牌号]'],
    ['with spaces', '云 A 12345', '[车牌号]'],
    ['small', '云a·12b45', '[车牌号]'],
    ['full width', `云${fullWidth('A12345')}`, '[车牌号]'],
    ['before a number of people', '云A12345 2人', '[车牌号] 2人'],
    ['small new energy', '云AD12345', '[车牌号]'],
    ['small new energy, two letters', '沪A·FA1234', '[车牌号]'],
    ['large new energy', '云A12345D', '[车牌号]'],
    ['police', '云K1234警', '[车牌号]'],
    ['learner', '云A·1234学', '[车牌号]'],
    ['trailer', '鲁B1234挂', '[车牌号]'],
    ['Hong Kong', '粤Z·1234港', '[车牌号]'],
    ['Macao', '粤Z1234澳', '[车牌号]'],
    ['emergency', '京X1234应急', '[车牌号]'],
    ['embassy', '使014578', '[车牌号]'],
    ['embassy, the old form', '224·578使', '[车牌号]'],
    ['consulate', '沪A0023领', '[车牌号]'],
    ['armed police', 'WJ京·00001', '[车牌号]'],
    ['armed police, a letter at its end', 'WJ云1234X', '[车牌号]'],
    ['armed police, the old form', 'WJ25-12345', '[车牌号]'],
    ['all in one', `${card}${'，'}${phone}的云A12345`, '[证件号]，[手机号]的[车牌号]'],
    ['what masks left beside each other', `${phone}WJ京00001`, '[手机号][车牌号]'],
  ])('%s', (_, text, wanted) => {
    expect(masked(text)).toBe(wanted)
    expect(masked(wanted)).toBe(wanted)
  })
})

describe('leaves', () => {
  it.each([
    ['a wrong check digit', `${card.slice(0, 17)}${card[17] === '0' ? '1' : '0'}`],
    ['a region that does not exist', cardOf('162801', '19900101')],
    ['a day that does not exist', cardOf('532801', '19900230')],
    ['a day that was no leap day', cardOf('532801', '19000229')],
    ['a birth to come', cardOf('532801', '20261123')],
    ['a card in a longer number', `${card}7`],
    ['the tail of a longer number', `1${card}`],
    ['a phone in a longer number', `${phone}9`],
    ['the tail of a longer number', `5${phone}`],
    ['a number of no mobile', '12012345678'],
    ['a landline', '0691-2123456'],
    ['a short one', '110、122、12345'],
    ['milliseconds', '1795358467000'],
    ['a date and a time', '2026-11-22 14:05:06'],
    ['a place', '101.6826, 21.1867'],
    ['a road', 'G8511昆磨高速K1386+450'],
    ['a name with a letter', '云A区有5人'],
    ['six digits', '云A123456'],
    ['letters alone', '云ABCDEF'],
    ['an ordinary sentence', '货车侧翻，占用南向车道，3人受伤，已派JH-12、ML-03'],
    ['an incident number', 'WG-20260131-0417'],
  ])('%s', (_, text) => {
    expect(masked(text)).toBe(text)
  })
})

const digits = (count: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count })
    .map((all) => all.join(''))
const day = fc
  .date({
    min: new Date(Date.UTC(1900, 0, 1)),
    max: new Date(Date.UTC(2026, 10, 22)),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''))
const regionHeads = [
  '11',
  '15',
  '21',
  '31',
  '37',
  '46',
  '50',
  '53',
  '54',
  '65',
  '71',
  '81',
  '83',
  '91',
]
const anyCard = fc
  .tuple(fc.constantFrom(...regionHeads), digits(4), day, digits(3))
  .map(([head, rest, born, order]) => cardOf(head + rest, born, order))
const anyPhone = fc
  .tuple(fc.constantFrom('3', '4', '5', '6', '7', '8', '9'), digits(9))
  .map(([second, rest]) => `1${second}${rest}`)
const serial = fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789')
const anyPlate = fc
  .tuple(
    fc.constantFrom(...'京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'),
    fc.constantFrom(...'ABCDEFGHJK'),
    fc.constantFrom('', '·', ' '),
    serial,
    digits(4),
  )
  .map(([province, letter, dot, first, rest]) => `${province}${letter}${dot}${first}${rest}`)
const disguises = [
  (text: string) => text,
  (text: string) => text.toLowerCase(),
  fullWidth,
  (text: string) => text.replace(/(?<=^.{3}).{4}/u, '-$&-'),
  (text: string) => Array.from(text).join(' '),
]
const disguise = fc.constantFrom(...disguises)
const chinese = fc.string({
  unit: fc.constantFrom(...'报警人称在景洪市勐海路口有货车与电动车相撞，请求救援；。：（联系'),
  maxLength: 12,
})

describe('whatever the numbers', () => {
  it('finds them all in Chinese text, in every disguise', () => {
    const number = fc.oneof(anyCard, anyPhone, anyPlate)
    const piece = fc
      .tuple(chinese, number, disguise)
      .map(([before, each, as]) => ({ before, each, as: as(each) }))
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), chinese, (pieces, tail) => {
        const text = `${pieces.map(({ before, as }) => `${before}，${as}，`).join('')}${tail}`
        const result = maskText(text, now)
        expect(result.found).toHaveLength(pieces.length)
        const plain = foldText(result.text).replace(/[ -]/g, '')
        for (const { each } of pieces) expect(plain).not.toContain(each.replace(/[· ]/g, ''))
        expect(result.text.length).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves a card whose check digit is wrong', () => {
    fc.assert(
      fc.property(anyCard, chinese, fc.integer({ min: 1, max: 9 }), (each, text, off) => {
        const last = each[17] === 'X' ? 10 : Number(each[17])
        const wrong = `${text}${each.slice(0, 17)}${((last + off) % 11) % 10}`
        fc.pre(!wrong.endsWith(each))
        expect(masked(wrong)).toBe(wrong)
      }),
      { numRuns: 1000 },
    )
  })

  it('changes nothing the second time, and never makes a text longer', () => {
    const unit = fc.constantFrom(
      ...'0123456789',
      ...'0189X',
      ...'云AWJ使警D',
      ' ',
      '-',
      '·',
      '+',
      '(',
      '.',
      '在',
      'x',
      '１',
    )
    const soup = fc
      .array(fc.oneof(unit, unit, unit, anyCard, anyPhone, anyPlate), { maxLength: 40 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(soup, (text) => {
        const once = masked(text)
        expect(masked(once)).toBe(once)
        expect(once.length).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 5000 },
    )
  })

  it('keeps every character in its place while it looks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => foldText(text).length === text.length),
    )
  })
})

it.each([
  ['digits', '1'],
  ['digits and spaces', '1 3'],
  ['gaps', '1-  -'],
  ['provinces', '云A'],
  ['almost plates', '云A1234'],
  ['almost armed police', 'WJ1'],
  ['country codes', '+86'],
  ['brackets', '(86)'],
  ['nothing', '1\u200b'],
])('takes a time that grows with the length alone: %s', (_, unit) => {
  // its own time: what else the machine does is none of it
  const timeOf = (length: number) => {
    const text = unit.repeat(Math.ceil(length / unit.length))
    const before = process.cpuUsage()
    masked(text)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  timeOf(20_000)
  // quadratic, the longer one would take 256 times as long: far over what a busy machine can add
  const short = Math.max(5, timeOf(20_000))
  expect(timeOf(320_000)).toBeLessThan(100 * short)
})

describe('a code', () => {
  const fault = (code: string) => faultOfCode(code, now, () => false)
  it.each([
    card,
    cardWithX,
    `P-${card}`,
    `手机${phone}`,
    phone,
    `U-${phone}`,
    '139-1234-5678',
    '云A12345',
    'WJ京00001',
    `a#${phone}`,
  ])('may not be %s', (code) => {
    expect(fault(code)).toMatch(/number|plate/)
    expect(fault(code)).not.toMatch(/\d{6}/)
    expect(faultOfCode(code, now, (each) => each === code)).toBeNull()
  })
  it.each([
    '0417',
    'JH-12',
    `${phone}a`,
    `f${phone}`,
    `${card}0`,
    '0c13912345678',
    '20261122-0417',
    '15-2026-00417',
    '1795358467000',
    'patrol.heardAgain:U-154:1795358467000',
  ])('may be %s', (code) => {
    expect(fault(code)).toBeNull()
  })
  it('may be any UUID and any hexadecimal id', () => {
    const hex = fc.string({
      unit: fc.constantFrom(...'0123456789012345678901234567890123456789abcdef'),
      minLength: 32,
      maxLength: 32,
    })
    const uuid = fc
      .string({
        unit: fc.constantFrom(...'0123456789012345678901234567890123456789abcdef'),
        minLength: 32,
        maxLength: 32,
      })
      .map((each) => each.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
    fc.assert(
      fc.property(fc.oneof(hex, uuid), (id) => fault(id) === null),
      { numRuns: 20_000 },
    )
  })
})
