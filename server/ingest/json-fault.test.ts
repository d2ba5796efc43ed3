import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFaultOf } from './json-fault.ts'

it.each([
  ['{bad', 'see character 2'],
  ['{"a":1', 'see character 7'],
  ['[1,2', 'see character 5'],
  ['tru', 'it ends too early'],
  ['', 'it ends too early'],
  ['{"phone": x13912345678}', 'see character 11'],
  ['{"a":"13912345678" 1}', 'see character 20'],
  ['[1,,2]', 'see character 4'],
  ['[1,]', 'see character 4'],
  ['{"a":}', 'see character 6'],
  ['{"a":[],"b":,"c":1}', 'see character 13'],
  ['  13912345678x', 'see character 14'],
  ['报警人13912345678', 'see character 1'],
])('%s: %s', (text, says) => {
  expect(jsonFaultOf(text)).toBe(says)
})

it('never repeats what it was given, and names a place in it', () => {
  const json = fc.json().map((text) => `{"phone":13912345678,"rest":${text}}`)
  const broken = fc
    .tuple(json, fc.nat(), fc.constantFrom('', 'x', ',', '}', '"', '\\', '报'))
    .map(([text, at, sign]) => {
      const place = at % text.length
      return text.slice(0, place) + sign + text.slice(place + 1)
    })
  fc.assert(
    fc.property(broken, (text) => {
      const says = jsonFaultOf(text)
      expect(says).toMatch(/^(it can be read|it ends too early|see character \d{1,5})$/)
      expect(Number(/\d+/.exec(says)?.[0] ?? 1)).toBeLessThanOrEqual(text.length + 1)
    }),
    { numRuns: 3000 },
  )
})
