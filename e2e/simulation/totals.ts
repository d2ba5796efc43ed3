import { createHash } from 'node:crypto'
import type { Told } from './schedule.ts'
import { type Kind, kinds } from './shape.ts'

/** What a range of schedules came to. */
export interface Totals {
  runs: number
  /** how often each fault happened, and in how many schedules */
  happened: Record<Kind, { times: number; runs: number }>
  counts: Record<string, number>
  /** over the digests of all traces, in order of their seeds */
  digest: string
}

const digestOf = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join()).digest('hex')

export const totalsOf = (all: readonly Told[]): Totals => {
  const counts: Record<string, number> = {}
  const happened = Object.fromEntries(
    kinds.map((kind) => [kind, { times: 0, runs: 0 }]),
  ) as Totals['happened']
  for (const told of all) {
    for (const [name, count] of Object.entries(told.counts))
      counts[name] = (counts[name] ?? 0) + count
    for (const kind of kinds) {
      happened[kind].times += told.happened[kind]
      happened[kind].runs += Number(told.happened[kind] > 0)
    }
  }
  return { runs: all.length, happened, counts, digest: digestOf(all.map(({ digest }) => digest)) }
}

/** Of ranges that follow each other. */
export const addUp = (ranges: readonly Totals[]): Totals => {
  const sum = totalsOf([])
  for (const { runs, happened, counts } of ranges) {
    sum.runs += runs
    for (const [name, count] of Object.entries(counts))
      sum.counts[name] = (sum.counts[name] ?? 0) + count
    for (const kind of kinds) {
      sum.happened[kind].times += happened[kind].times
      sum.happened[kind].runs += happened[kind].runs
    }
  }
  return { ...sum, digest: digestOf(ranges.map(({ digest }) => digest)) }
}

/** What never came about: schedules in which nothing goes wrong prove nothing. */
export const neverSeen = ({ happened, counts }: Totals): string[] => [
  ...kinds.filter((kind) => happened[kind].times === 0),
  ...Object.keys(counts).filter((name) => counts[name] === 0),
]

const number = (value: number): string => Math.round(value).toLocaleString('en-US')

export const tableOf = ({ runs, happened, counts, digest }: Totals): string =>
  [
    '| what happened | times | in schedules |',
    '| --- | --- | --- |',
    ...kinds.map(
      (kind) => `| ${kind} | ${number(happened[kind].times)} | ${number(happened[kind].runs)} |`,
    ),
    ...Object.entries(counts).map(([name, count]) => `| ${name} | ${number(count)} | |`),
    '',
    `${number(runs)} schedules; digest of all traces ${digest.slice(0, 16)}`,
  ].join('\n')
