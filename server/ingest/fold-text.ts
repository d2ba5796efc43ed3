const fullWidth = /[\uff01-\uff5e]/g
const dashes = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63\u30fc]/g
const spaces = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
const dots = /[\u2022\u2027\u2219\u22c5\u30fb\uff65]/g
/** What takes no place on paper: it cannot part a number that a reader sees as one. */
const unseen = /[\p{Cc}\p{Cf}]|\ufe0f|\u20e3/gu
const mathematicalDigits = /\ud835[\udfce-\udfff]/g
const plain = /^[\x20-\x7e]*$/

/** The sign for nothing in folded text. */
export const nothing = '\u00ad'

/**
 * Text as numbers are looked for in it: full-width signs, dashes, spaces and dots of every kind as their plain ones,
 * letters in capitals. Every character keeps its place, so that what is found is found in the text itself.
 */
export const foldText = (text: string): string => {
  if (plain.test(text)) return text.toUpperCase()
  return text
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase())
    .replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0).toUpperCase())
    .replace(dashes, '-')
    .replace(spaces, ' ')
    .replace(dots, '·')
    .replace(unseen, (sign) => nothing.repeat(sign.length))
    .replace(mathematicalDigits, (pair) => `${(pair.charCodeAt(1) - 0xdfce) % 10}${nothing}`)
}
