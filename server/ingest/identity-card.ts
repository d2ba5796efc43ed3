import { beijingOffsetMs } from '#protocol/beijing.ts'

const regions = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
)
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'
const firstYear = 1800

/** The last of the 18, by the 17 before it (GB 11643). */
export const checkDigitOf = (digits: string): string =>
  checkDigits[weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11]!

/** 18 characters, `X` in capitals, that can be somebody's: region, a day that has been, check digit. */
export const isIdentityCard = (number: string, now: number): boolean => {
  if (!regions.has(number.slice(0, 2)) || number[17] !== checkDigitOf(number)) return false
  const year = Number(number.slice(6, 10))
  const month = Number(number.slice(10, 12)) - 1
  const dayOfMonth = Number(number.slice(12, 14))
  const day = new Date(Date.UTC(year, month, dayOfMonth))
  const isReal = day.getUTCMonth() === month && day.getUTCDate() === dayOfMonth
  return isReal && year >= firstYear && day.getTime() <= now + beijingOffsetMs
}
