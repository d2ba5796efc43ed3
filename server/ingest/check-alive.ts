import { z } from 'zod'
import { freeText } from '#protocol/definition.ts'
import {
  type Declaration,
  intervalAtLeastMs,
  intervalAtMostMs,
  intervalByDefaultMs,
} from '#protocol/source.ts'
import type { Line } from './lines.ts'
import { faultOfCode, maskCode } from './mask.ts'
import { faultOf, shownCode } from './refusal.ts'
import { sourceName } from './source-name.ts'

const interval = z
  .int('an integer: milliseconds')
  .min(intervalAtLeastMs)
  .max(intervalAtMostMs)
  .default(intervalByDefaultMs)

const numberPattern = z
  .string()
  .min(4)
  .max(64)
  .regex(
    /^[A-Za-z0-9#@?._:/~-]+$/,
    '# a digit, @ a letter, ? either; else letters, digits and . _ : / ~ -',
  )
  .regex(/[#?]/, 'a pattern, not one number: at least one # or ?')

const titleText = freeText(24).min(1)

const aliveLine = z.union([
  z.strictObject({ source: sourceName, retired: z.literal(true) }),
  z.strictObject({
    source: sourceName,
    intervalMs: interval,
    numberPatterns: z.array(numberPattern).max(8).default([]),
    title: z.strictObject({ zh: titleText, en: titleText }).optional(),
  }),
])

export interface Alive {
  source: string
  declared: Declaration | 'retired'
}
export interface AliveRefusal {
  line: number
  source: string | null
  field: string | null
  reason: string
}

const sourceIn = (value: unknown, now: number): string | null => {
  const source = (value as { source?: unknown } | null)?.source
  return typeof source === 'string' ? shownCode(source, 64, now) : null
}

/** Turns a line of `POST /ingest/alive` into what a source declares, or says why not. */
export const checkAlive = (
  each: Line,
  now: number,
): { alive: Alive } | { refusal: AliveRefusal } => {
  const { line } = each
  if ('unreadable' in each) {
    return { refusal: { line, source: null, field: null, reason: each.unreadable } }
  }
  const isRetiring =
    typeof each.value === 'object' && each.value !== null && 'retired' in each.value
  const parsed = aliveLine.options[isRetiring ? 0 : 1].safeParse(each.value)
  if (!parsed.success) {
    const { field, reason } = faultOf(parsed.error.issues[0]!, 'docs/operations.md', now)
    return { refusal: { line, source: sourceIn(each.value, now), field, reason } }
  }
  const { source, ...rest } = parsed.data
  const codes = [
    ['source', source],
    ...('retired' in rest
      ? []
      : [
          ...rest.numberPatterns.map((pattern, index) => [`numberPatterns.${index}`, pattern]),
          ...Object.entries(rest.title ?? {}).map(([lang, text]) => [`title.${lang}`, text]),
        ]),
  ]
  for (const [field, text] of codes) {
    const reason = faultOfCode(text!, now, () => false)
    if (reason) return { refusal: { line, source: maskCode(source, now), field: field!, reason } }
  }
  if ('retired' in rest) return { alive: { source, declared: 'retired' } }
  const { title, ...promised } = rest
  return { alive: { source, declared: { ...promised, ...(title && { title }) } } }
}
