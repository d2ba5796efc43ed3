import { expect, test } from 'vitest'
import { countTests, run } from './steps.ts'

const report = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
  ],
}

test('tests are counted as vitest reports them', () => {
  expect(countTests(report, false)).toEqual({ passed: 5, failed: 1, skipped: 3 })
})

test('a file that could not be loaded counts as one failed', () => {
  const testResults = [...report.testResults, { status: 'failed', assertionResults: [] }]
  expect(countTests({ ...report, testResults }, false).failed).toBe(2)
})

test('a run that fails with every test passed is not green', () => {
  const green = { ...report, numFailedTests: 0, testResults: [] }
  expect(countTests(green, true).failed).toBe(0)
  expect(countTests(green, false).failed).toBe(1)
})

test('a step that fails, or cannot start, says so with all that it printed', async () => {
  const failing = 'console.log("out"); console.error("err"); process.exitCode = 3'
  const { ok, output } = await run(process.execPath, ['-e', failing])
  expect(ok).toBe(false)
  expect(output).toContain('out')
  expect(output).toContain('err')
  expect((await run('no-such-program', [])).ok).toBe(false)
})
