import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Copy, copyTree } from './mutation/copy.ts'
import type { Mutant } from './mutation/mutant.ts'
import { mutants } from './mutation/mutants.ts'
import { bins } from './steps.ts'

/**
 * `npm run mutate [-- NAME…]`: breaks a copy of the tree in one place at a time and runs the tests that must notice.
 * They must pass on the whole copy first, and then fail by an assertion, not because nothing could be loaded.
 */

interface Report {
  testResults: {
    name: string
    status: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}
interface Verdict {
  passed: number
  failed: { test: string; why: string }[]
  /** files that could not be loaded */
  unloaded: string[]
  output: string
}

/** as many as show each of these faults, and no more */
const schedules = 1000
/** longer than the slowest test may take */
const withinMs = 400_000
/** A test that never came to its assertion has noticed nothing. */
const noAssertion = /timed out|SyntaxError|Cannot find|hook/i

const runTests = async (
  copy: Copy,
  { project, files, named }: Mutant['tests'],
): Promise<Verdict> => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-mutant-report-'))
  const file = join(folder, 'report.json')
  const args = [
    bins.vitest,
    'run',
    '--project',
    project,
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
  if (named !== undefined) args.push('-t', named)
  // stops at the first failure: that one is enough
  const child = spawn(process.execPath, [...args, '--bail=1', ...files], {
    cwd: copy.folder,
    env: { ...process.env, WANGLOU_SIMULATE_RUNS: String(schedules) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // a group of its own, so that what it has started ends with it
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), withinMs)
  await new Promise((ended) => child.on('close', ended))
  clearTimeout(timer)
  try {
    const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Report
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
    return {
      passed: tests.filter(({ status }) => status === 'passed').length,
      failed: tests
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => ({
          test: fullName,
          why: failureMessages[0]?.split('\n', 1)[0] ?? '',
        })),
      unloaded: testResults
        .filter(
          ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
        )
        .map(({ name }) => name),
      output,
    }
  } catch (fault) {
    // killed, or it never got so far
    return { passed: 0, failed: [], unloaded: [String(fault)], output }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const row = (...cells: string[]) => console.log(`| ${cells.join(' | ')} |`)

/** Whether the tests notice; says so in a row. */
const judge = async (copy: Copy, mutant: Mutant): Promise<boolean> => {
  const { name, promise, edits, tests } = mutant
  const whole = await runTests(copy, tests)
  const [bad] = whole.failed
  if (whole.passed === 0 || bad || whole.unloaded.length > 0) {
    row(name, promise, `**no verdict**: unbroken, ${bad?.test ?? 'no test ran'}`)
    console.error(whole.output)
    return false
  }
  const undo = copy.edit(edits)
  const broken = await runTests(copy, tests)
  undo()
  const noticed = broken.failed.find(
    ({ why }) => (mutant.says ?? /./).test(why) && !noAssertion.test(why),
  )
  if (noticed) {
    row(name, promise, `caught: ${noticed.test} (${noticed.why.slice(0, 120)})`)
    return true
  }
  const [other] = broken.failed
  const isSurvivor = !other && broken.unloaded.length === 0
  row(
    name,
    promise,
    isSurvivor
      ? '**survived**'
      : `**no verdict**: ${other?.why ?? 'it could not be loaded or hung'}`,
  )
  if (!isSurvivor) console.error(broken.output)
  return false
}

const wanted = process.argv.slice(2)
const chosen = mutants.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
if (chosen.length < wanted.length) {
  console.error(`mutate: which? ${mutants.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
row('what was broken', 'promise', 'verdict')
row('---', '---', '---')
// what needs a real server goes alone: its tests share the machine with nothing
const waiting = chosen.toSorted((a, b) => a.tests.project.localeCompare(b.tests.project)).reverse()
let caught = 0
const work = async (of: 'unit' | 'e2e'): Promise<void> => {
  const copy = copyTree()
  try {
    for (;;) {
      const index = waiting.findIndex(({ tests }) => tests.project === of)
      if (index === -1) return
      const [mutant] = waiting.splice(index, 1)
      if (await judge(copy, mutant!)) caught += 1
    }
  } finally {
    copy.remove()
  }
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, () => work('unit')))
await work('e2e')
console.log(`\n${caught} of ${chosen.length} caught`)
if (caught < chosen.length) process.exitCode = 1
