import type { z } from 'zod'
import { findNumbers } from './find-numbers.ts'
import { maskCode, maskText } from './mask.ts'

const fieldLengthAtMost = 128
/** No number with its gaps is longer: so much more is looked at, that one is not shown by its first half. */
const numberLengthAtMost = 80

/** As much of a text as may be, without half a number at its end. */
const beginning = (
  text: string,
  lengthAtMost: number,
  now: number,
  where: 'text' | 'code',
): string => {
  const numbers = findNumbers(text.slice(0, lengthAtMost + numberLengthAtMost), now, where)
  const halved = numbers.find(({ from, to }) => from < lengthAtMost && to > lengthAtMost)
  return text.slice(0, halved?.from ?? lengthAtMost)
}

/** The name of a field is as the sender wrote it: as long as a sending, and maybe a number. */
const shownField = (field: string, now: number): string =>
  maskText(beginning(field, fieldLengthAtMost, now, 'text'), now).text

/** A code of what was refused, whatever its length and whatever stands in it. */
export const shownCode = (code: string, lengthAtMost: number, now: number): string =>
  maskCode(beginning(code, lengthAtMost, now, 'code'), now)

/** The field by its path, cut and masked, and the mend, of the first thing that a schema found. `fieldsAre` says where to look them up. */
export const faultOf = (
  issue: z.core.$ZodIssue,
  fieldsAre: string,
  now: number,
  under: readonly string[] = [],
): { field: string | null; reason: string } => {
  const path = [...under, ...issue.path]
  if (issue.code !== 'unrecognized_keys') {
    return {
      field: path.length > 0 ? shownField(path.join('.'), now) : null,
      reason: issue.message,
    }
  }
  const field = shownField([...path, issue.keys[0]!].join('.'), now)
  return { field, reason: `unknown field; remove it (${fieldsAre} lists the fields)` }
}
