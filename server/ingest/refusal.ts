import type { z } from 'zod'

/** The field by its path and the mend, of the first thing that a schema found. `fieldsAre` says where to look them up. */
export const faultOf = (
  issue: z.core.$ZodIssue,
  fieldsAre: string,
  under: readonly string[] = [],
): { field: string | null; reason: string } => {
  const path = [...under, ...issue.path]
  if (issue.code !== 'unrecognized_keys') {
    return { field: path.length > 0 ? path.join('.') : null, reason: issue.message }
  }
  const field = [...path, issue.keys[0]!].join('.')
  return { field, reason: `unknown field; remove it (${fieldsAre} lists the fields)` }
}
