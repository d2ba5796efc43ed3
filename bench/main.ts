import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Row } from './bench.ts'
import { benches } from './index.ts'
import { machine, tableOf } from './report.ts'

/** `npm run bench [-- NAME… --rounds 5 --short --json FILE]`: every bench, or those named; tables on stdout. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    short: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const names = benches.map(({ name }) => name)
const unknown = positionals.filter((name) => !names.includes(name))
const rounds = values.short ? 1 : Number(values.rounds)
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`bench: ${unknown.join(', ') || '--rounds'}? The benches are ${names.join(', ')}.`)
  process.exit(2)
}

/** A server that is left behind would go on for ever, and write where it was told to. */
const endChildren = (): void => {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
  for (const pid of children.trim().split(' ').filter(Boolean)) process.kill(Number(pid), 'SIGKILL')
}

// whatever a bench writes lies in here, gigabytes at times, and goes with this process however it ends
const folder = mkdtempSync(join(tmpdir(), 'wanglou-bench-'))
process.env.TMPDIR = folder
process.on('exit', () => {
  endChildren()
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => process.exit(128 + constants.signals[signal]))

const startedAt = new Date().toISOString()
console.log(`# Bench\n\n${machine()}. Each side ${rounds} times, in turns.\n`)
const found: Record<string, Row[]> = {}
const failed: Record<string, string> = {}
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue
  const tell = (line: string) => console.error(`bench: ${bench.name}: ${line}`)
  try {
    const rows = await bench.run({ rounds, isShort: values.short, tell })
    found[bench.name] = rows
    console.log(tableOf(bench, rows))
  } catch (fault) {
    // the others have their say, and what they found is kept
    failed[bench.name] = String(fault)
    console.error(`bench: ${bench.name} failed:`, fault)
    process.exitCode = 1
  }
  if (values.json === undefined) continue
  const text = JSON.stringify(
    { machine: machine(), startedAt, rounds, benches: found, failed },
    null,
    2,
  )
  writeFileSync(values.json, `${text}\n`)
}
