import { parseArgs } from 'node:util'
import { machine } from '../../bench/report.ts'
import { breaks } from './index.ts'

/** `npm run break [-- T1.1 … --short --seed N]`: every break, or those named; a table on stdout, 1 if one failed. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } },
})
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const wanted =
  positionals.length === 0 ? breaks : breaks.filter(({ id }) => positionals.includes(id))
if (wanted.length < positionals.length || !Number.isInteger(seed)) {
  console.error(`break: which? ${breaks.map(({ id, title }) => `\n  ${id}  ${title}`).join('')}`)
  process.exit(2)
}

console.log(`# Break\n\n${machine()}. Seed ${seed}.\n`)
console.log(
  '| promise | what was done | runs | failures | seen | seed |\n| --- | --- | --- | --- | --- | --- |',
)
for (const { id, title, isSeeded, impossible, run } of wanted) {
  const row = (...cells: unknown[]) => console.log(`| ${[id, title, ...cells].join(' | ')} |`)
  const why = impossible?.() ?? null
  if (why !== null) {
    row(0, '—', `not run: ${why}`, '')
    continue
  }
  const tell = (line: string) => console.error(`break: ${id}: ${line}`)
  try {
    const { runs, figures, missed = [] } = await run({ isShort: values.short, seed, tell })
    const told = missed.length === 0 ? figures : `${figures}; **missed here**: ${missed.join('; ')}`
    row(runs, 0, told, isSeeded ? seed : 'none')
  } catch (fault) {
    process.exitCode = 1
    console.error(fault)
    row('—', 1, `**FAILED**: ${String(fault).split('\n', 1)[0]}`, isSeeded ? seed : 'none')
  }
}
