import { expect, it } from 'vitest'
import { BodyUnreadable, readArray, readNdjson, TooManyLines } from './lines.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

it('reads NDJSON by line, counts the empty ones, and one bad line hurts no other', () => {
  const body = new Uint8Array([...bytes('{"a":1}\r\n\n{bad\n'), 0xff, 0xfe, ...bytes('\n[2]')])
  expect([...readNdjson(body, 100)]).toMatchObject([
    { line: 1, bytes: bytes('{"a":1}\r'), value: { a: 1 } },
    { line: 3, bytes: bytes('{bad'), unreadable: 'not JSON: see character 2' },
    { line: 4, unreadable: expect.stringContaining('UTF-8') },
    { line: 5, value: [2] },
  ])
})

it('refuses a line that is no event by its length alone', () => {
  const body = bytes(`"${'x'.repeat(70_000)}"\n1`)
  expect([...readNdjson(body, 100)]).toMatchObject([
    { line: 1, unreadable: expect.stringContaining('65536 bytes') },
    { line: 2, value: 1 },
  ])
})

it('reads an array by place, and one object as an array of one', () => {
  expect([...readArray(bytes('[{"a":1},2]'), 100)]).toEqual([
    { line: 1, value: { a: 1 } },
    { line: 2, value: 2 },
  ])
  expect([...readArray(bytes('{"a":1}'), 100)]).toEqual([{ line: 1, value: { a: 1 } }])
})

it('reads no element that is longer than a line may be, and its neighbours all the same', () => {
  const keys = JSON.stringify(
    Object.fromEntries(Array.from({ length: 300_000 }, (_, n) => [`k${n}`, 1])),
  )
  const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`
  const text = `["a,\\"", ${keys}, {"b":[1,"]"]},${deep},"${'x\\"'.repeat(30_000)}"\n ]`
  const lines = [...readArray(bytes(text), 100)]
  expect(lines.map((line) => ('value' in line ? line.value : line.unreadable))).toEqual([
    'a,"',
    expect.stringContaining('65536 bytes'),
    { b: [1, ']'] },
    expect.stringContaining('65536 bytes'),
    expect.stringContaining('65536 bytes'),
  ])
  expect(new TextDecoder().decode(lines[1]!.bytes).trim()).toBe(keys)
  expect(() => [...readArray(bytes(keys), 100)]).toThrow(/no JSON array/)
  expect([...readArray(bytes(`\ufeff[1,${keys}]`), 100)]).toMatchObject([{ value: 1 }, { line: 2 }])
  expect(() => [...readArray(bytes(`[${keys},`), 100)]).toThrow(BodyUnreadable)
})

it('says of an array that cannot be read how to lose less', () => {
  expect(() => [...readArray(bytes('[{"a":1},'), 100)]).toThrow(BodyUnreadable)
  expect(() => [...readArray(bytes('[{"a":1},'), 100)]).toThrow('NDJSON')
  expect(() => [...readArray(bytes('[{"a":13912345678x'), 100)]).toThrow('see character 18;')
})

it('takes nesting as deep as a line can hold', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  expect([...readNdjson(bytes(deep), 100)]).toHaveLength(1)
})

it('counts lines before it reads any, the empty ones too', () => {
  expect([...readNdjson(bytes('1\n'.repeat(100)), 100)]).toHaveLength(100)
  for (const line of ['1\n', '\n']) {
    expect(() => [...readNdjson(bytes(line.repeat(101)), 100)]).toThrow(TooManyLines)
  }
  expect(() => [...readArray(bytes(`[${'1,'.repeat(100)}1]`), 100)]).toThrow(TooManyLines)
})
