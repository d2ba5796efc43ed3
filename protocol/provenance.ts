import type { Provenance } from './figure.ts'

/** What a figure was computed from: its sources, how many, how many of them simulated, the newest event. */
export interface Part {
  sources: Iterable<string>
  count: number
  /** where nobody counted, whether any is */
  simulated: boolean | number
  newest: Provenance['newest']
}

/** Null: some are, and nobody counted how many. */
const simulatedIn = ({ count, simulated }: Part): number | null => {
  if (typeof simulated === 'number') return simulated
  if (!simulated) return 0
  return count === 1 ? 1 : null
}

/** Adds parts up to the provenance of one figure. */
export const provenanceOf = (
  rule: string,
  window: Provenance['window'],
  parts: Iterable<Part>,
  excluded: Record<string, number> = {},
): Provenance => {
  const sources = new Set<string>()
  const sum: Provenance & { count: number } = {
    rule,
    sources: [],
    window,
    count: 0,
    excluded,
    newest: null,
    simulated: false,
  }
  let simulatedCount: number | null = 0
  for (const part of parts) {
    if (part.count === 0) continue
    for (const source of part.sources) sources.add(source)
    sum.count += part.count
    const simulated = simulatedIn(part)
    sum.simulated ||= simulated !== 0
    simulatedCount =
      simulatedCount === null || simulated === null ? null : simulatedCount + simulated
    if (part.newest && (!sum.newest || part.newest.seenAt > sum.newest.seenAt))
      sum.newest = part.newest
  }
  sum.sources = Array.from(sources).sort()
  if (sum.simulated && simulatedCount !== null) sum.simulatedCount = simulatedCount
  return sum
}
