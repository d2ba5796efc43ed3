import { expect, it } from 'vitest'
import { readOrder, WrongOption } from './quarantine-options.ts'

const read = (line: string) => readOrder(line.split(' ').filter((word) => word !== ''))

it('reads what is asked for', () => {
  expect(read('--help')).toEqual({ what: 'help' })
  expect(read('list')).toEqual({ what: 'list', selection: {} })
  expect(read('list --source cad --door tracks --from 7 --limit 50')).toEqual({
    what: 'list',
    selection: { source: 'cad', door: 'tracks', from: '7', limit: '50' },
  })
  expect(read('export --source cad')).toEqual({ what: 'export', selection: { source: 'cad' } })
  expect(read('resend mended.ndjson')).toEqual({ what: 'resend', file: 'mended.ndjson' })
  expect(read('discard 1 2 30')).toEqual({ what: 'discard', ns: [1, 2, 30] })
  expect(read('discard --all --door alive')).toEqual({
    what: 'discard all',
    selection: { door: 'alive' },
  })
})

it.each([
  ['', 'Say what to do'],
  ['look', 'no "look"'],
  ['list 7', 'takes no "7"'],
  ['list --door windows', '--door must be one of'],
  ['list --limit many', '--limit must be a whole number'],
  ['list --who me', "Unknown option '--who'"],
  ['export --limit 5', '--limit is for list'],
  ['export --all', '--all is for discard'],
  ['resend', 'Name the file'],
  ['resend a b', 'one too many'],
  ['resend a --source cad', 'are for list, export'],
  ['discard', 'Name the numbers'],
  ['discard x', 'whole number'],
  ['discard 0', 'whole number'],
  ['discard 1 --all', 'not both'],
])('says what is wrong with "%s"', (line, says) => {
  expect(() => read(line)).toThrow(WrongOption)
  expect(() => read(line)).toThrow(says)
})
