import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const repo = resolve(import.meta.dirname, '..')

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export interface Outcome extends Counts {
  name: string
  /** `false`: it counts as one, whatever it looked at */
  tests: boolean
  durationMs: number
}

interface Run {
  ok: boolean
  output: string
}

/** A thing to do that says whether it went well. Arguments are for Node: a script and its own. */
export interface Step {
  name: string
  args: readonly string[]
  /** name of a vitest project: its tests are then counted one by one */
  project?: string
  /** shows what it says while it runs: for what takes minutes */
  live?: boolean
}

const bin = (path: string) => join('node_modules', path)
export const bins = {
  biome: bin('@biomejs/biome/bin/biome'),
  vite: bin('vite/bin/vite.js'),
  vitest: bin('vitest/vitest.mjs'),
  vueTsc: bin('vue-tsc/bin/vue-tsc.js'),
} as const

/** What is kept in a log has no colours. */
const env = process.stdout.isTTY
  ? { ...process.env, FORCE_COLOR: '1' }
  : { ...process.env, NO_COLOR: '1' }

/** Runs a program in the repo and keeps what it says. */
export const run = (command: string, args: readonly string[], live = false): Promise<Run> =>
  new Promise((done) => {
    const child = spawn(command, args, { cwd: repo, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (live) process.stdout.write(chunk)
      })
    }
    child.on('error', (error) => done({ ok: false, output: error.message }))
    child.on('close', (code) => done({ ok: code === 0, output: Buffer.concat(chunks).toString() }))
  })

/** The part of vitest's JSON report that is counted. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** A file that could not even be loaded counts as one failed; so does a run that fails with no failed test. */
export const countTests = (report: Report, ok: boolean): Counts => {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = report.numFailedTests + broken
  return {
    passed: report.numPassedTests,
    failed: ok ? failed : Math.max(failed, 1),
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** What is not a test counts as one, passed or failed. */
export const asOne = ({ ok, output }: Run): Counts & { output: string } => ({
  passed: Number(ok),
  failed: Number(!ok),
  skipped: 0,
  output,
})

const runTests = async (step: Step, project: string): Promise<Counts & { output: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-tests-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const args = [bins.vitest, 'run', '--project', project, ...reporters, ...step.args]
  const { ok, output } = await run(process.execPath, args, step.live)
  try {
    return { output, ...countTests(JSON.parse(readFileSync(file, 'utf8')), ok) }
  } catch (error) {
    const why = `${output}\nno report of the tests: ${(error as Error).message}`
    return { output: why, passed: 0, failed: 1, skipped: 0 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`.padStart(8)

/** One line, and all that it said when it failed and has not said it already. */
export const report = (outcome: Outcome, output: string, live = false): Outcome => {
  const { name, tests, passed, failed, skipped, durationMs } = outcome
  const counts = tests ? `  ${passed} passed, ${failed} failed, ${skipped} skipped` : ''
  console.log(`${failed ? 'FAILED' : 'ok    '} ${name.padEnd(16)}${seconds(durationMs)}${counts}`)
  if (failed && !live) console.log(output.replace(/^/gm, '  | '))
  return outcome
}

/** Does one step and says so. */
export const take = async (step: Step): Promise<Outcome> => {
  const startedMs = performance.now()
  const { project, live } = step
  const { output, ...counts } = project
    ? await runTests(step, project)
    : asOne(await run(process.execPath, step.args, live))
  const durationMs = performance.now() - startedMs
  return report({ name: step.name, tests: !!project, ...counts, durationMs }, output, live)
}

/** Does steps that do not need each other, as many at once as there are cores; the longest should come first. */
export const takeAll = async (steps: readonly Step[]): Promise<Outcome[]> => {
  const waiting = [...steps]
  const outcomes: Outcome[] = []
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) outcomes.push(await take(step))
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker))
  return outcomes
}
