import { writeFileSync } from 'node:fs'
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

const startedAt = new Date().toISOString()
console.log(`# Bench\n\n${machine()}. Each side ${rounds} times, in turns.\n`)
const found: Record<string, Row[]> = {}
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue
  const tell = (line: string) => console.error(`bench: ${bench.name}: ${line}`)
  const rows = await bench.run({ rounds, isShort: values.short, tell })
  found[bench.name] = rows
  console.log(tableOf(bench, rows))
}
if (values.json !== undefined) {
  const text = JSON.stringify({ machine: machine(), startedAt, rounds, benches: found }, null, 2)
  writeFileSync(values.json, `${text}\n`)
}
