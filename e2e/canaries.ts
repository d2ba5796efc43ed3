import { checkDigitOf } from '../server/ingest/identity-card.ts'

/** A made-up number of a person or a vehicle, as it is compared: no gaps, capitals, plain digits. */
export interface Canary {
  kind: 'card' | 'phone' | 'plate'
  number: string
}

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const gaps = /[\s\u200b·•.\-—–()]/gu

/** A card with a valid check digit, born between 1950 and 2005. Regions, days and orders follow from `index`. */
export const cardOf = (region: string, index: number): string => {
  const day = new Date(Date.UTC(1950, 0, 1) + (index % 20_000) * 86_400_000)
  const born = day.toISOString().slice(0, 10).replaceAll('-', '')
  const head = `${region}${born}${String(100 + (index % 900))}`
  return `${head}${checkDigitOf(head)}`
}

/** Nobody's numbers, all different, none of them like the incident numbers that they are sent with. */
export const canariesOf = (count: number): Canary[] =>
  Array.from({ length: count }, (_, index): Canary => {
    if (index % 3 === 0) return { kind: 'card', number: cardOf('310115', index * 17) }
    if (index % 3 === 1)
      return { kind: 'phone', number: `198${String(10_000_019 + index * 86_423).slice(-8)}` }
    const province = provinces[index % provinces.length]!
    const serial = `${'ABCDEFGH'[index % 8]}${String(1000 + ((index * 7) % 9000))}`
    return { kind: 'plate', number: `${province}${'ABCDK'[index % 5]}${serial}` }
  })

const wide = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const grouped =
  (gap: string) =>
  ({ kind, number }: Canary): string => {
    const parts = {
      card: /^(.{6})(.{8})(.{4})$/,
      phone: /^(.{3})(.{4})(.{4})$/,
      plate: /^(.{2})(.+)$/,
    }
    return number.replace(parts[kind], (_, ...groups: string[]) =>
      groups.filter((each) => typeof each === 'string' && each.length < number.length).join(gap),
    )
  }
const abroad =
  (prefix: string) =>
  ({ kind, number }: Canary): string =>
    kind === 'phone' ? prefix + number : number

/** How a number is written down in free text. */
const forms: ((canary: Canary) => string)[] = [
  ({ number }) => number,
  ({ number }) => number.toLowerCase(),
  ({ number }) => wide(number),
  grouped(' '),
  grouped('-'),
  grouped('·'),
  grouped('—'),
  grouped('\u200b'),
  ({ number }) => Array.from(number).join(' '),
  abroad('+86 '),
  abroad('0086'),
  abroad('86-'),
]
const sentences: ((number: string) => string)[] = [
  (number) => number,
  (number) => `报警人称联系${number}，两车相撞`,
  (number) => `货车侧翻（${number}）占用南向车道`,
  (number) => `证件/电话/车牌:${number}。已派JH-12`,
  (number) => `1、${number} 2、无人受伤`,
]

/** Free text that holds a canary, each time in another form. */
export const sentenceWith = (canary: Canary, index: number): string =>
  sentences[index % sentences.length]!(forms[Math.floor(index / 3) % forms.length]!(canary))

/** Finds canaries in anything that is written down, however its signs are set apart. */
export const createFinder = (canaries: readonly Canary[]) => {
  const numbers = new Set(canaries.map(({ number }) => number))
  const runs = /[0-9]{11,}X?/g
  const plates = new RegExp(`[${provinces}][A-Z][A-Z0-9]{5}`, 'g')
  return (text: string): string[] => {
    const plain = text.normalize('NFKC').toUpperCase().replace(gaps, '')
    const found: string[] = []
    for (const [run] of plain.matchAll(runs)) {
      for (let at = 0; at + 11 <= run.length; at++) {
        for (const length of [11, 18]) {
          const number = run.slice(at, at + length)
          if (numbers.has(number)) found.push(number)
        }
      }
    }
    for (const [plate] of plain.matchAll(plates)) if (numbers.has(plate)) found.push(plate)
    return found
  }
}
