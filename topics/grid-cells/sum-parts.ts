import type { Part } from '#protocol/provenance.ts'
import type { Sum } from './grid-cells.survey.ts'

/** What was counted, by source, for the provenance of a figure. */
export const partsOf = ({ bySource }: Sum): Part[] =>
  Array.from(bySource, ([source, { count, simulated, newest }]) => ({
    sources: [source],
    count,
    simulated,
    newest,
  }))
