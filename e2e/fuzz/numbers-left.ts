import { wants } from './door.ts'
import { planted } from './tokens.ts'

/** A number with a letter or digit beside it may be part of something else, and the door lets some of those pass. */
const beside = '[\\p{N}A-Za-z\\uff21-\\uff3a\\uff41-\\uff5a]'
const alone = new RegExp(`(?<!${beside})(?:${planted.join('|')})(?!${beside})`, 'u')

/** Throws when a number of somebody's stands in a text as it was planted: looked for without the door's own search. */
export const wantsNoNumber = (text: string, what: string): void => {
  const left = alone.exec(text)
  wants(left === null, `${what} shows ${left?.[0]} in ${JSON.stringify(text).slice(0, 300)}`)
}

/** Every string in a value, keys too. */
export const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [key, ...stringsIn(each)])
}
