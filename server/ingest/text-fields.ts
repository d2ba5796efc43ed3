import { z } from 'zod'
import { isFreeText } from '#protocol/definition.ts'

/** What the door does with the strings of a body. */
export interface Texts {
  /** what is to stand in the place of a free text */
  free(text: string): string
  /** every other string that a sender chooses */
  code(text: string, path: readonly string[]): void
}

/** Goes through the strings of a value; returns what is to stand in its place. */
type Visit = (value: unknown, texts: Texts, path: readonly string[]) => unknown

const leave: Visit = (value) => value
const code: Visit = (value, texts, path) => {
  if (typeof value === 'string') texts.code(value, path)
  return value
}
const free: Visit = (value, texts) => (typeof value === 'string' ? texts.free(value) : value)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const visitFields =
  (fields: readonly (readonly [string, Visit])[]): Visit =>
  (value, texts, path) => {
    if (!isObject(value)) return value
    for (const [name, visit] of fields)
      if (value[name] !== undefined) value[name] = visit(value[name], texts, [...path, name])
    return value
  }

const visitEach =
  (visit: Visit): Visit =>
  (value, texts, path) =>
    Array.isArray(value)
      ? value.map((each, index) => visit(each, texts, [...path, String(index)]))
      : value

const visitEntries =
  (visit: Visit): Visit =>
  (value, texts, path) => {
    if (!isObject(value)) return value
    for (const [key, each] of Object.entries(value)) {
      texts.code(key, path)
      value[key] = visit(each, texts, [...path, key])
    }
    return value
  }

const visitChosen = (options: readonly z.core.$ZodType[]): Visit => {
  const visits = options.map((option) => [option, visitOf(option)] as const)
  return (value, texts, path) => {
    const chosen = visits.find(([option]) => z.safeParse(option, value).success)
    return chosen ? chosen[1](value, texts, path) : value
  }
}

/** The parts of zod's definitions that are looked at. */
type Def = z.core.$ZodTypeDef & {
  shape?: Record<string, z.core.$ZodType>
  element?: z.core.$ZodType
  innerType?: z.core.$ZodType
  valueType?: z.core.$ZodType
  options?: readonly z.core.$ZodType[]
}

const silent = ['number', 'boolean', 'enum', 'literal', 'null', 'undefined', 'nan']
const wrappers = ['optional', 'nullable', 'nonoptional', 'default', 'prefault', 'catch', 'readonly']

/**
 * How to go through what a schema has let in; changes it in place, so give it what `parse` made.
 * Throws at a kind of schema that it does not know: a text that nobody looks at is a way past the door.
 */
export const visitOf = (schema: z.core.$ZodType): Visit => {
  const def = schema._zod.def as Def
  if (def.type === 'string') return isFreeText(schema) ? free : code
  if (silent.includes(def.type)) return leave
  if (wrappers.includes(def.type)) return visitOf(def.innerType!)
  if (def.type === 'array') return visitEach(visitOf(def.element!))
  if (def.type === 'union') return visitChosen(def.options!)
  if (def.type === 'record') return visitEntries(visitOf(def.valueType!))
  if (def.type !== 'object')
    throw new Error(`the door cannot look into a schema of kind ${def.type}; see text-fields.ts`)
  const fields = Object.entries(def.shape!).map(([name, of]) => [name, visitOf(of)] as const)
  return visitFields(fields.filter(([, visit]) => visit !== leave))
}

/** The names of all fields that hold codes, however deep: what a declared number pattern may speak of. */
export const codeNamesOf = (schema: z.core.$ZodType, name = ''): string[] => {
  const def = schema._zod.def as Def
  if (def.type === 'string') return isFreeText(schema) ? [] : [name]
  const within = [def.innerType, def.element, def.valueType, ...(def.options ?? [])]
  return [
    ...Object.entries(def.shape ?? {}).flatMap(([key, of]) => codeNamesOf(of, key)),
    ...within.flatMap((of) => (of ? codeNamesOf(of, name) : [])),
  ]
}
