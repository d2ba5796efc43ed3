import { expect, test } from 'vitest'
import { retime } from './retime.ts'

const bytes = (text: string) => Buffer.from(text)
const merged = '{"id":"e1","type":"incident.merged","at":1000,"body":{"incident":"2","into":"1"}}'
const same = (at: number) => at

test('a record gets its new time, and its id and incident numbers the suffix', () => {
  const { line, at } = retime(bytes(merged), { at: (old) => old + 0.6, suffix: '~b~2' })
  expect(at).toBe(1001)
  expect(JSON.parse(String(line))).toEqual({
    id: 'e1~b~2',
    type: 'incident.merged',
    at: 1001,
    body: { incident: '2~b~2', into: '1~b~2' },
  })
})

test('a record that does not change is sent as its very bytes', () => {
  const spaced = bytes('{ "at": 1000, "x": 1.0 }')
  expect(retime(spaced, { at: same, suffix: '' })).toEqual({ line: spaced, at: 1000 })
})

test.each(['{"at":', '[1]', 'null', '{"at":"1000"}', '{"id":"e","body":3}'])(
  'what is broken stays as it is: %s',
  (text) => {
    expect(retime(bytes(text), { at: (at) => at + 1, suffix: '' })).toEqual({
      line: bytes(text),
      at: null,
    })
  },
)

test('a record without a time gets a new id none the less', () => {
  const { line } = retime(bytes('{"id":"e","body":3}'), { at: same, suffix: '~2' })
  expect(line).toBe('{"id":"e~2","body":3}')
})

test('bytes that are no text are not mended', () => {
  const broken = Buffer.concat([bytes('{"at":1,"id":"'), Buffer.from([0xff]), bytes('"}')])
  expect(retime(broken, { at: (at) => at + 1, suffix: '~2' })).toEqual({ line: broken, at: null })
})

test('a record that is nested deeper than it can be written out is sent as it stands', () => {
  const deep = bytes(`{"at":1000,"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)
  expect(retime(deep, { at: (at) => at + 1, suffix: '' })).toEqual({ line: deep, at: 1001 })
})
