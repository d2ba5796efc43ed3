import { cpus, release, totalmem } from 'node:os'
import { type Bench, medianOf, type Row, type Side } from './bench.ts'

/** What the figures were taken on: they are nothing without it. */
export const machine = (): string => {
  const all = cpus()
  const gib = Math.round(totalmem() / 2 ** 30)
  const [chip] = all
  return `${all.length} × ${chip?.model.trim() ?? 'unknown processor'}, ${gib} GiB, Linux ${release()}, Node ${process.versions.node}`
}

/** Three figures that count, as one reads them. */
export const figure = (value: number): string => {
  if (!Number.isFinite(value)) return '—'
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}

const roundsText = ({ rounds }: Side): string => {
  if (rounds.length < 2) return figure(medianOf(rounds))
  return `${figure(medianOf(rounds))} (${figure(Math.min(...rounds))}–${figure(Math.max(...rounds))})`
}

const voidsText = ({ voids = 0 }: Side): string => (voids === 0 ? '' : `, ${voids} void`)

const ratioText = (side: Side, ours: Side): string =>
  `${figure(medianOf(side.rounds) / medianOf(ours.rounds))} ×`

const targetText = ({ target }: Row): string =>
  target === null ? '' : `${target.isMet ? 'met' : '**not met**'}: ${target.says}`

/** A table of Markdown: a line a side, the first of each case ours. */
export const tableOf = ({ name, question }: Bench, rows: readonly Row[]): string => {
  const lines = rows.flatMap((row) =>
    row.sides.map((side, n) =>
      [
        n === 0 ? row.case : '',
        n === 0 ? `**${side.name}**` : side.name,
        `${roundsText(side)} ${row.unit}${voidsText(side)}`,
        n === 0 ? '' : ratioText(side, row.sides[0]!),
        n === 0 ? targetText(row) : '',
      ].join(' | '),
    ),
  )
  const head = [
    'case | side | median (least–most) | of ours | target',
    '--- | --- | --- | --- | ---',
  ]
  return `## ${name}\n\n${question}\n\n${[...head, ...lines].map((line) => `| ${line} |`).join('\n')}\n`
}
