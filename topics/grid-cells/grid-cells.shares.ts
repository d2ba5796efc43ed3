import { midnightOf, toMinute } from '#protocol/beijing.ts'
import { provenanceOf } from '#protocol/provenance.ts'
import { type Told, toldByShares } from '#protocol/small-counts.ts'
import type { Select } from '#protocol/topic.ts'
import { townships } from './built-in-cells.ts'
import type { GridCells } from './cell.ts'
import { type Level, levels } from './grid-cells.codes.ts'
import { type Reached, type Survey, surveyOf } from './grid-cells.survey.ts'
import { partsOf } from './sum-parts.ts'

const totalOf = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0)

/** The share of today's events that ended up at a level; `null` while none ended up anywhere. */
const shareOf =
  (
    rule: string,
    level: Level,
    townshipsOf: (survey: Survey) => readonly Reached[],
    toldOf: (counts: readonly number[]) => Told,
  ): Select<GridCells> =>
  (state, now) => {
    const townships = townshipsOf(surveyOf(state, now))
    const counts = levels.map((one) => totalOf(townships.map((reached) => reached[one].value)))
    const total = totalOf(counts)
    return {
      value: total > 0 ? counts[levels.indexOf(level)]! / total : null,
      unit: 'share',
      // before the first word there is nobody to tell of
      ...(state.newest !== null && toldOf(counts)),
      provenance: provenanceOf(
        `grid-cells.rule.${rule}`,
        { fromMs: midnightOf(now), toMs: toMinute(now) },
        townships.flatMap((reached) => levels.flatMap((one) => partsOf(reached[one]))),
      ),
    }
  }

const byLevel = levels.map((level, index) => {
  const everywhere = ({ reachedByTownship }: Survey) => Array.from(reachedByTownship.values())
  const name = `${level}Share`
  return [name, shareOf(name, level, everywhere, (counts) => toldByShares(counts)[index]!)] as const
})

/** The name of a township's figure: `gridShare532801003`. */
export const gridShareName = (township: string): string => `gridShare${township}`

/** Of the higher levels nothing is told by township. */
const toldAlone = ([closed = 0, ...raised]: readonly number[]): Told =>
  toldByShares([closed, totalOf(raised)])[0]!

const byTownship = townships.map((township) => {
  const there = ({ reachedByTownship }: Survey) => [reachedByTownship.get(township)!]
  const select = shareOf('gridShareOfTownship', 'grid', there, toldAlone)
  return [gridShareName(township), select] as const
})

/** How far up the events of today got, by level, and what ended in the grid, by township. */
export const shareFigures: Record<string, Select<GridCells>> = Object.fromEntries([
  ...byLevel,
  ...byTownship,
])
