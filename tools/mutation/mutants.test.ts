import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repo } from '../steps.ts'
import { edited } from './mutant.ts'
import { mutants } from './mutants.ts'

it('has at least twelve, each with a name of its own', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
  expect(mutants.length).toBeGreaterThanOrEqual(12)
})

it.each(mutants)('still knows where to break: $name', ({ edits, tests }) => {
  for (const edit of edits) {
    const text = readFileSync(join(repo, edit.file), 'utf8')
    expect(edited(text, edit)).not.toBe(text)
  }
  for (const file of tests.files) expect(existsSync(join(repo, file))).toBe(true)
})

it('breaks nothing where the place is not there once', () => {
  const edit = { file: 'x.ts', find: 'a', replace: 'b' }
  expect(() => edited('aa', edit)).toThrow('x.ts: 2 times, not once: a')
  expect(() => edited('c', edit)).toThrow('0 times')
  expect(edited('ca', { ...edit, replace: '$&' })).toBe('c$&')
})
