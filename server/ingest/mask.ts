import { type Found, findNumbers, type NumberKind } from './find-numbers.ts'

/** What stands in the place of a number: never longer than the number was. */
export const maskOf: Readonly<Record<NumberKind, string>> = {
  card: '[证件号]',
  phone: '[手机号]',
  plate: '[车牌号]',
}

/** A text without numbers of persons and vehicles, and which it had. Masked once more it stays the same. */
export interface Masked {
  text: string
  found: readonly Found[]
}

/** A text with what was found in it masked. */
export const mask = (text: string, found: readonly Found[]): string => {
  let masked = ''
  let from = 0
  for (const number of found) {
    masked += text.slice(from, number.from) + maskOf[number.kind]
    from = number.to
  }
  return masked + text.slice(from)
}

/** `now`: the day of arrival, ms; nobody is born after it. */
export const maskText = (text: string, now: number): Masked => {
  const found = findNumbers(text, now, 'text')
  return { text: found.length > 0 ? mask(text, found) : text, found }
}

/** A code as it may be shown in an answer: hexadecimal ids stay whole. */
export const maskCode = (code: string, now: number): string =>
  mask(code, findNumbers(code, now, 'code'))

const mends: Readonly<Record<NumberKind, string>> = {
  card: 'a valid identity-card number',
  phone: 'a mobile number',
  plate: 'a plate',
}

/** Why a code cannot be taken as it is, in words that do not repeat it; null when it can. */
export const faultOfCode = (
  code: string,
  now: number,
  fits: (code: string) => boolean,
): string | null => {
  const [number] = findNumbers(code, now, 'code')
  if (!number || fits(code)) return null
  return (
    `holds what looks like ${mends[number.kind]}: a code is never masked, so send another; ` +
    'if your numbers look so, declare their pattern (numberPatterns of /ingest/alive)'
  )
}
