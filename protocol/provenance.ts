import type { Provenance } from './figure.ts'

/** What a figure was computed from: its sources, how many, whether simulated, the newest event. */
export interface Part {
  sources: Iterable<string>
  count: number
  simulated: boolean
  newest: Provenance['newest']
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
  for (const part of parts) {
    if (part.count === 0) continue
    for (const source of part.sources) sources.add(source)
    sum.count += part.count
    sum.simulated ||= part.simulated
    if (part.newest && (!sum.newest || part.newest.seenAt > sum.newest.seenAt))
      sum.newest = part.newest
  }
  sum.sources = Array.from(sources).sort()
  return sum
}
