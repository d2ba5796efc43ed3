import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const repo = resolve(import.meta.dirname, '..')

/** A name that no minifier can drop from the schema library. */
const mark = 'ZodError'

test('the pages carry no schema library', () => {
  expect(readFileSync(join(repo, 'node_modules/zod/v4/core/errors.js'), 'utf8')).toContain(mark)
  const scripts = globSync('dist/**/*.js', { cwd: repo })
  expect(scripts.length, 'run `npm run build` first').toBeGreaterThan(0)
  const carriers = scripts.filter((file) => readFileSync(join(repo, file), 'utf8').includes(mark))
  expect(carriers).toEqual([])
})
