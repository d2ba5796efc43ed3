import { expect, it } from 'vitest'
import { BodyUnreadable, readArray, readNdjson } from './lines.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

it('reads NDJSON by line, counts the empty ones, and one bad line hurts no other', () => {
  const body = new Uint8Array([...bytes('{"a":1}\r\n\n{bad\n'), 0xff, 0xfe, ...bytes('\n[2]')])
  expect([...readNdjson(body)]).toEqual([
    { line: 1, value: { a: 1 } },
    { line: 3, unreadable: expect.stringContaining('not JSON') },
    { line: 4, unreadable: expect.stringContaining('UTF-8') },
    { line: 5, value: [2] },
  ])
})

it('refuses a line that is no event by its length alone', () => {
  const body = bytes(`"${'x'.repeat(70_000)}"\n1`)
  expect([...readNdjson(body)]).toEqual([
    { line: 1, unreadable: expect.stringContaining('65536 bytes') },
    { line: 2, value: 1 },
  ])
})

it('reads an array by place, and one object as an array of one', () => {
  expect([...readArray(bytes('[{"a":1},2]'))]).toEqual([
    { line: 1, value: { a: 1 } },
    { line: 2, value: 2 },
  ])
  expect([...readArray(bytes('{"a":1}'))]).toEqual([{ line: 1, value: { a: 1 } }])
})

it('says of an array that cannot be read how to lose less', () => {
  expect(() => [...readArray(bytes('[{"a":1},'))]).toThrow(BodyUnreadable)
  expect(() => [...readArray(bytes('[{"a":1},'))]).toThrow('NDJSON')
})

it('takes nesting as deep as a line can hold', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  expect([...readNdjson(bytes(deep))]).toHaveLength(1)
})
