import type { z } from 'zod'
import { findNumbers } from './find-numbers.ts'
import { maskText } from './mask.ts'

const fieldLengthAtMost = 128
/** No number with its gaps is longer: so much more is looked at, that one is not shown by its first half. */
const numberLengthAtMost = 80

/** The name of a field is as the sender wrote it: as long as a sending, and maybe a number. */
const shownField = (field: string, now: number): string => {
  const numbers = findNumbers(field.slice(0, fieldLengthAtMost + numberLengthAtMost), now, 'text')
  const halved = numbers.find(({ from, to }) => from < fieldLengthAtMost && to > fieldLengthAtMost)
  return maskText(field.slice(0, halved?.from ?? fieldLengthAtMost), now).text
}

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
