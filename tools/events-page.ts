import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { EventDefinition, EventDefinitions } from '#protocol/definition.ts'
import { type Audience, audiences } from '#protocol/event.ts'
import { isKept, isServed } from '#protocol/served.ts'
import { nounOf, type Topic } from '#protocol/topic.ts'
import { definitions, topics } from '#topics/index.ts'
import { introduction } from './events-introduction.ts'

const page = join(resolve(import.meta.dirname, '..'), 'docs/events.md')

/** The part of JSON Schema that the bodies use, and what a pattern says in words. */
interface Shape {
  type?: string
  enum?: string[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  patternSays?: string
  items?: Shape
  description?: string
  properties?: Record<string, Shape>
  required?: string[]
}

/** A bell is in no field: what a schema answers to it is what it asks for. */
const askPattern = (schema: z.core.$ZodType): string | undefined =>
  z.safeParse(schema, '\u0007').error?.issues.find(({ code }) => code === 'invalid_format')?.message

const shapeOf = (body: z.ZodObject): Shape =>
  z.toJSONSchema(body, {
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.pattern) jsonSchema.patternSays = askPattern(zodSchema)
    },
  }) as Shape

/** The bound that every integer has is no news. */
const news = (bound: number | undefined) =>
  Math.abs(bound ?? 0) === Number.MAX_SAFE_INTEGER ? undefined : bound

const range = (least: number | undefined, most: number | undefined, what: string): string[] => {
  const [from, to] = [news(least), news(most)]
  if (from === undefined && to === undefined) return []
  if (to === undefined) return [`at least ${from}${what}`]
  if (from === undefined) return [`at most ${to}${what}`]
  return [`${from} to ${to}${what}`]
}

const allowed = (shape: Shape): string =>
  [
    ...(shape.enum ? [shape.enum.map((value) => `\`${value}\``).join(', ')] : []),
    ...range(shape.minimum, shape.maximum, ''),
    ...range(shape.minItems, shape.maxItems, ' entries'),
    ...(shape.items ? [allowed(shape.items)] : []),
    ...range(shape.minLength, shape.maxLength, ' characters'),
    ...(shape.pattern ? [`${shape.patternSays ?? ''} \`${shape.pattern}\``.trim()] : []),
  ]
    .filter(Boolean)
    .join('; ')

const typeOf = (shape: Shape): string =>
  shape.items ? `list of ${typeOf(shape.items)}` : (shape.type ?? 'any')

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** By audience, what is left of an event for it: its fields, what is counted of it, or nothing. */
type Reach = 'events' | 'figures' | 'nothing'

/** What of an event reaches an audience, by the topics that fold it. */
const reachOf = (topics: readonly Topic[], noun: string, audience: Audience): Reach => {
  const served = topics.filter((topic) => topic.nouns.includes(noun) && isServed(topic, audience))
  if (served.length === 0) return 'events'
  return served.every((topic) => isKept(topic, audience)) ? 'nothing' : 'figures'
}

const seenBy = (
  definition: EventDefinition,
  field: string,
  reach: Readonly<Record<Audience, Reach>>,
): string => {
  const seeing = audiences.filter(
    (each) => reach[each] === 'events' && (definition.visible[each]?.includes(field) ?? true),
  )
  const counting = audiences.filter((each) => reach[each] === 'figures')
  const figures = counting.length > 0 ? ` (${counting.join(', ')}: figures only)` : ''
  return seeing.join(', ') + figures
}

const section = (
  type: string,
  definition: EventDefinition,
  reach: Readonly<Record<Audience, Reach>>,
): string => {
  const shape = shapeOf(definition.body)
  const rows = Object.entries(shape.properties ?? {}).map(([field, of]) =>
    [
      `\`${field}\``,
      typeOf(of),
      cell(allowed(of)),
      cell(of.description ?? ''),
      shape.required?.includes(field) ? 'yes' : 'no',
      seenBy(definition, field, reach),
    ].join(' | '),
  )
  const line = {
    id: `${type}-0001`,
    type,
    at: 1767225600000,
    source: 'cad',
    body: definition.example,
  }
  return [
    `### ${type}`,
    '',
    `${definition.says} (version ${definition.version})`,
    '',
    '| field | type | allowed | meaning | required | seen by |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
    '```json',
    JSON.stringify(line),
    '```',
    '',
  ].join('\n')
}

/** `docs/events.md`, from the definitions, and from the topics that fold them. */
export const eventsPage = (of: EventDefinitions, topics: readonly Topic[] = []): string => {
  const types = Object.keys(of)
  const nouns = Map.groupBy(types, nounOf)
  const list = [...nouns].map(
    ([noun, members]) =>
      `- **${noun}**: ${members.map((type) => `[${type}](#${type.replaceAll('.', '').toLowerCase()})`).join(', ')}`,
  )
  const sections = Object.entries(of).map(([type, definition]) => {
    const reach = Object.fromEntries(
      audiences.map((each) => [each, reachOf(topics, nounOf(type), each)]),
    ) as Record<Audience, Reach>
    return section(type, definition, reach)
  })
  return `${[introduction, '## Events', '', ...list, '', ...sections].join('\n').trimEnd()}\n`
}

if (import.meta.main) {
  const wanted = eventsPage(definitions, topics)
  if (!process.argv.includes('--check')) {
    writeFileSync(page, wanted)
    console.log(`docs/events.md: ${Object.keys(definitions).length} events`)
  } else if (readFileSync(page, 'utf8') !== wanted) {
    console.error('docs/events.md is not what the schemas say: run `npm run docs` and commit it')
    process.exitCode = 1
  }
}
