import { expect, it } from 'vitest'
import { z } from 'zod'
import { code, freeText } from '#protocol/definition.ts'
import { templateEvents } from '#topics/_template/template.events.ts'
import { definitions } from '#topics/index.ts'
import { codeNamesOf, visitOf } from './text-fields.ts'

const visited = (schema: z.ZodType, value: unknown) => {
  const codes: string[] = []
  const seen = visitOf(schema)(
    structuredClone(value),
    {
      free: (text) => `<${text}>`,
      code: (text, path) => codes.push(`${path.join('.')}=${text}`),
    },
    [],
  )
  return { seen, codes }
}

it('finds free text wherever it stands, however it is wrapped, and every code beside it', () => {
  const schema = z
    .strictObject({
      note: freeText().describe('a note'),
      short: freeText(20).min(1).optional(),
      unit: code(),
      kind: z.enum(['a', 'b']),
      count: z.int(),
      rows: z.array(z.strictObject({ remark: freeText().nullable(), of: code() })),
      tags: z.array(code()),
      by: z.record(code(), freeText()),
      said: z.union([z.strictObject({ said: freeText() }), z.int()]),
    })
    .refine(() => true)
  const value = {
    note: 'n',
    short: 's',
    unit: 'u',
    kind: 'a',
    count: 1,
    rows: [
      { remark: 'r', of: 'o' },
      { remark: null, of: 'p' },
    ],
    tags: ['t'],
    by: { k: 'v' },
    said: { said: 's' },
  }
  expect(visited(schema, value)).toEqual({
    seen: {
      ...value,
      note: '<n>',
      short: '<s>',
      rows: [
        { remark: '<r>', of: 'o' },
        { remark: null, of: 'p' },
      ],
      by: { k: '<v>' },
      said: { said: '<s>' },
    },
    codes: ['unit=u', 'rows.0.of=o', 'rows.1.of=p', 'tags.0=t', 'by=k'],
  })
})

it('names the fields that hold codes', () => {
  const row = z.strictObject({ unit: code(), remark: freeText() })
  const schema = z.strictObject({
    rows: z.array(row).optional(),
    tags: z.array(code()),
    note: freeText(),
    n: z.int(),
  })
  expect(codeNamesOf(schema)).toEqual(['unit', 'tags'])
})

it('leaves out what is absent', () => {
  const schema = z.strictObject({ note: freeText().optional() })
  expect(visited(schema, {}).seen).toEqual({})
})

it('knows every body that there is', () => {
  for (const { body } of Object.values({ ...definitions, ...templateEvents }))
    expect(visitOf(body)).toBeTypeOf('function')
})

it('refuses a schema that it cannot look into, when the server starts', () => {
  for (const schema of [z.any(), z.string().transform((text) => text), z.tuple([z.string()])])
    expect(() => visitOf(z.strictObject({ schema }))).toThrow('cannot look into')
})
