import { foldText, nothing } from './fold-text.ts'
import { isIdentityCard } from './identity-card.ts'

/** What numbers of a person or a vehicle are looked for: identity card, mobile phone, plate. */
export const numberKinds = ['card', 'phone', 'plate'] as const
export type NumberKind = (typeof numberKinds)[number]

/** Where a number stands in a text, `to` excluded. */
export interface Found {
  kind: NumberKind
  from: number
  to: number
}

// every quantifier is bounded and no two neighbours share a sign: a try at one place ends after some 80 steps
const gap = `[ ·.\\-${nothing}]{0,3}`
const gapNoDot = `[ ·\\-${nothing}]{0,3}`
const codeGap = '[._/~:-]?'
const serial = '[A-HJ-NP-Z0-9]'
const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'

const times = (count: number, what: string, between = ''): string =>
  Array.from({ length: count }, () => what).join(between)
const digits = (count: number, between = ''): string => times(count, '[0-9]', between)

/** GA 36-2018. */
const plates = (between: string): string[] => {
  const head = `[${provinces}]${gap}[A-Z]${gap}`
  const hasDigit = `(?=(?:${serial}${between}){0,4}[0-9])`
  return [
    // new energy, small and large
    `${head}[A-HJK]${between}${serial}${between}${digits(4, between)}(?![A-Z0-9])`,
    `${head}${digits(5, between)}${between}[A-HJK](?![A-Z])`,
    `${head}${times(4, serial, between)}${between}(?:[警学挂港澳领试超]|应急)`,
    `${head}${hasDigit}${times(5, serial, between)}(?:(?<=[0-9])(?![A-Z0-9])|(?<=[A-Z])(?![A-Z]))`,
  ]
}
const embassy = `使${gap}${digits(3)}${gap}${digits(3)}(?![A-Z0-9])`
const armedPolice = `W${gap}J${gap}`
const platesThatBeginDigit = [`${digits(3)}${gap}${digits(3)}${gap}使(?!用)`]
const platesOfArmedPolice = [
  `${armedPolice}[${provinces}]${gap}${digits(4, gapNoDot)}${gapNoDot}[0-9A-HJ-NP-Z](?![A-Z0-9])`,
  `${armedPolice}${digits(2)}${gap}${digits(4)}[0-9A-HJ-NP-Z]?(?![A-Z0-9])`,
  `${armedPolice}${digits(4)}[0-9A-HJ-NP-Z](?![A-Z0-9])`,
]

const card = (between: string): string =>
  `[1-9]${between}${digits(16, between)}${between}(?:X|[0-9](?![0-9]))`
const phoneHead = `(?:\\(?(?:\\+|00)?${gapNoDot}86\\)?${gapNoDot}|0)?`
const phones = [
  `${phoneHead}1${gapNoDot}[3-9]${gapNoDot}${digits(9, gapNoDot)}(?![0-9])`,
  `${phoneHead}1[3-9][0-9]\\.${digits(4)}\\.${digits(4)}(?![0-9])`,
]
const codePhone = `(?:(?:\\+|00)?86${codeGap})?1[3-9][0-9](?:${digits(8)}|${codeGap}${digits(4)}${codeGap}${digits(4)})`

/** What may not stand before a number: a digit, a letter or digit; nothing is in the way of a plate. */
type Before = 'any' | 'noDigit' | 'noSign'
interface Form {
  kind: NumberKind
  before: Before
  /** every sign that it can begin with */
  begins: string
  form: RegExp
}
const forms = (
  kind: NumberKind,
  before: Before,
  begins: string,
  sources: readonly string[],
): Form[] => sources.map((source) => ({ kind, before, begins, form: new RegExp(source, 'y') }))
const anyDigit = '0123456789'

// an order of trust: what stands together is a plate before what stands apart
const plateForms = [
  ...forms('plate', 'any', provinces, [...plates(''), ...plates(gapNoDot)]),
  ...forms('plate', 'any', '使', [embassy]),
  ...forms('plate', 'noSign', anyDigit, platesThatBeginDigit),
  ...forms('plate', 'noSign', 'W', platesOfArmedPolice),
]
/** The forms to try at a sign: most signs begin none, and a digit only a few. */
const bySign = (all: readonly Form[]): ReadonlyMap<string, readonly Form[]> =>
  new Map(
    Array.from(new Set(all.flatMap(({ begins }) => Array.from(begins))), (sign) => [
      sign,
      all.filter(({ begins }) => begins.includes(sign)),
    ]),
  )
const inText = bySign([
  ...forms('card', 'noDigit', anyDigit, [card(gap)]),
  ...forms('phone', 'noDigit', `${anyDigit}+(`, phones),
  ...plateForms,
])
const inCode = bySign([
  ...forms('card', 'noSign', anyDigit, [`${card(codeGap)}(?![A-Z0-9])`]),
  ...forms('phone', 'noSign', `${anyDigit}+`, [`${codePhone}(?![A-Z0-9])`]),
  ...plateForms,
])

const mayBegin = new RegExp(`[0-9+(W使${provinces}]`, 'g')
const digit = /[0-9]/
const isDigit = (sign: string): boolean => sign >= '0' && sign <= '9'
const allows = (before: Before, sign: string): boolean => {
  if (before === 'any' || sign === '') return true
  return !isDigit(sign) && (before === 'noDigit' || sign < 'A' || sign > 'Z')
}

/**
 * Finds numbers of persons and vehicles, from left to right, in a time that grows with the text's length alone.
 * In a code a number has no letter or digit beside it, so that hexadecimal ids pass; in free text none that runs on.
 */
export const findNumbers = (text: string, now: number, where: 'text' | 'code'): Found[] => {
  const folded = foldText(text)
  if (!digit.test(folded)) return []
  const candidates = where === 'code' ? inCode : inText
  const found: Found[] = []
  let after = 0

  const findAt = (at: number): Found | null => {
    // what was found just before is masked, so it is nobody's neighbour
    const sign = at > after ? folded[at - 1]! : ''
    for (const { kind, before, form } of candidates.get(folded[at]!) ?? []) {
      if (!allows(before, sign)) continue
      form.lastIndex = at
      const match = form.exec(folded)
      if (!match) continue
      if (kind === 'card' && !isIdentityCard(match[0].replace(/[^0-9X]/g, ''), now)) continue
      const to = at + match[0].length
      // half of its last character would be left
      const isHalved = /[\udc00-\udfff]/.test(text.charAt(to))
      return { kind, from: at, to: isHalved ? to + 1 : to }
    }
    return null
  }
  for (let at = 0; at < folded.length; ) {
    mayBegin.lastIndex = at
    const next = mayBegin.exec(folded)
    if (!next) break
    const number = findAt(next.index)
    if (number) {
      found.push(number)
      after = number.to
    }
    at = number ? number.to : next.index + 1
  }
  return found
}
