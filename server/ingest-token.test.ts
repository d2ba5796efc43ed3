import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ensureToken, TokenFileWrong, tokenCheck } from './ingest-token.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wanglou-token-'))
  file = join(folder, 'ingest-token')
})
afterEach(() => rmSync(folder, { recursive: true }))
const modeOf = () => statSync(file).mode & 0o777

it('makes a token once, whole, for its owner alone', () => {
  // what a start that was killed half way left behind
  writeFileSync(`${file}.part`, 'half', { mode: 0o644 })
  const made = ensureToken(folder)
  expect(made.madeIn).toBe(file)
  expect(readFileSync(file, 'utf8')).toBe(`${made.token}\n`)
  expect([modeOf(), readdirSync(folder)]).toEqual([0o600, ['ingest-token']])
  expect(ensureToken(folder)).toEqual({ token: made.token, madeIn: null })
})

it.each([
  '',
  '\n',
  'short',
  'two words of a token',
  'x'.repeat(257),
  '令牌令牌令牌令牌令牌令牌令牌令牌',
])('refuses a file that holds "%s", and leaves it', (text) => {
  writeFileSync(file, text)
  expect(() => ensureToken(folder)).toThrow(TokenFileWrong)
  expect(() => ensureToken(folder)).toThrow(`${file} must be 16 to 256 visible ASCII`)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

it('takes the file back from others who could read it', () => {
  const { token } = ensureToken(folder)
  chmodSync(file, 0o644)
  expect(ensureToken(folder).token).toBe(token)
  expect(modeOf()).toBe(0o600)
})

it('says in a sentence what stands in the way', () => {
  mkdirSync(file)
  expect(() => ensureToken(folder)).toThrow(TokenFileWrong)
  expect(() => ensureToken(folder)).toThrow(/EISDIR.* or set WANGLOU_INGEST_TOKEN$/)
})

it('knows the token again, and nothing else', () => {
  const isToken = tokenCheck('a-token-of-a-test')
  expect(isToken('Bearer a-token-of-a-test')).toBe(true)
  for (const wrong of [undefined, '', 'a-token-of-a-test', 'Bearer a-token-of-a-testx'])
    expect(isToken(wrong)).toBe(false)
})
