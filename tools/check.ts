import { bins, type Step, takeAll } from './steps.ts'

/** Types, lint, fences, docs and unit tests. */
export const checks: readonly Step[] = [
  { name: 'types', args: [bins.vueTsc, '--noEmit'] },
  { name: 'unit tests', args: [], project: 'unit' },
  { name: 'types, pure', args: [bins.vueTsc, '--noEmit', '-p', 'tsconfig.pure.json'] },
  { name: 'lint and format', args: [bins.biome, 'check', '--error-on-warnings'] },
  { name: 'fences', args: ['tools/fences.ts'] },
  { name: 'docs', args: ['tools/events-page.ts', '--check'] },
]

if (import.meta.main) {
  const outcomes = await takeAll(checks)
  if (outcomes.some(({ failed }) => failed > 0)) process.exitCode = 1
}
