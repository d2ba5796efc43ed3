import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readSourceFile } from './source-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'wanglou-sources-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fileOf = (text: string): string => {
  const path = join(folder, 'sources.json')
  writeFileSync(path, text)
  return path
}

it('reads what the centre declares, with the interval that is usual', () => {
  const path = fileOf(
    '[{"source":"cad","numberPatterns":["5328##############"]},{"source":"gps","intervalMs":5000}]',
  )
  expect(readSourceFile(path)).toEqual([
    { source: 'cad', declared: { intervalMs: 10_000, numberPatterns: ['5328##############'] } },
    { source: 'gps', declared: { intervalMs: 5000, numberPatterns: [] } },
  ])
})

it('reads what a source is called, in both languages', () => {
  const title = { zh: '接处警', en: 'emergency calls' }
  const [only] = readSourceFile(fileOf(JSON.stringify([{ source: 'cad', title }])))
  expect(only!.declared).toEqual({ intervalMs: 10_000, numberPatterns: [], title })
})

it.each([
  ['a title in one language', '[{"source":"a","title":{"zh":"接处警"}}]', 'title.en'],
  [
    'a title that holds a number',
    '[{"source":"a","title":{"zh":"a","en":"13912345678"}}]',
    'holds',
  ],
  ['no JSON', '[', 'cannot be read as JSON'],
  ['no array', '{"source":"cad"}', 'must hold an array'],
  ['an interval that is too short', '[{"source":"a"},{"source":"b","intervalMs":10}]', 'entry 2'],
  ['a field that nobody knows', '[{"source":"a","owner":"x"}]', 'owner: unknown field'],
  ['a number for a pattern', '[{"source":"a","numberPatterns":["12345"]}]', 'not one number'],
])('refuses %s, and says where', (_, text, sentence) => {
  expect(() => readSourceFile(fileOf(text))).toThrow(sentence)
})

it('names the file that is not there', () => {
  expect(() => readSourceFile(join(folder, 'none.json'))).toThrow('none.json')
})
