import { expect, it, vi } from 'vitest'
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

it('reads each element when it is asked for, not all of them with the first', () => {
  const element = (n: number) => `{${Array.from({ length: 5000 }, (_, k) => `"k${k}":${n}`)}}`
  const body = bytes(`[${Array.from({ length: 20 }, (_, n) => element(n))}]`)
  const parse = vi.spyOn(JSON, 'parse')
  const lines = readArray(body, 100)[Symbol.iterator]()
  expect(parse).not.toHaveBeenCalled()
  for (let n = 0; n < 3; n++) {
    expect(lines.next().value).toMatchObject({ line: n + 1, value: { k0: n } })
    expect(parse).toHaveBeenCalledTimes(n + 1)
  }
  for (const [text] of parse.mock.calls) expect(text.length).toBeLessThan(64 * 1024)
  parse.mockRestore()
})

it('lets an element that is no JSON hurt no other', () => {
  expect([...readArray(bytes('[1, {"a":x}, "b", [2}, 3]'), 100)]).toEqual([
    { line: 1, value: 1 },
    { line: 2, bytes: bytes(' {"a":x}'), unreadable: 'not JSON: see character 7' },
    { line: 3, value: 'b' },
    { line: 4, bytes: bytes(' [2}'), unreadable: expect.stringContaining('not JSON') },
    { line: 5, value: 3 },
  ])
  expect([...readArray(bytes('[ ]'), 100)]).toEqual([])
})

it.each([
  ['[1,,2]', 'see character 4;'],
  ['[1,]', 'see character 4;'],
  ['[1}', 'see character 3;'],
  ['["警", 1] x', 'see character 10;'],
  ['["警", 1', 'see character 8;'],
  ['[1, "a', 'see character 7;'],
  ['[1,', 'it ends too early;'],
  ['', 'it ends too early;'],
  ['{"a":x}', 'see character 6;'],
])('refuses %s as a whole before any of it is read', (text, says) => {
  expect(() => readArray(bytes(text), 100)).toThrow(BodyUnreadable)
  expect(() => readArray(bytes(text), 100)).toThrow(says)
})

it('counts how much there is before anything is read', () => {
  expect(readNdjson(bytes('1\n\n2'), 100).count).toBe(3)
  expect(readArray(bytes(`[\n${'1,\n'.repeat(99)}1\n]`), 100).count).toBe(100)
  expect(readArray(bytes('[]'), 100).count).toBe(0)
  expect(readArray(bytes('{"a":[1,2,3]}'), 100).count).toBe(1)
  // a line that escapes its signs, longer than is looked at sign by sign
  const escaped = JSON.stringify(`${'"\\'.repeat(50)},[`)
  expect(readArray(bytes(`[${escaped},"\\\\",${escaped}]`), 100).count).toBe(3)
})
