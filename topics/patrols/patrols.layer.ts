import type { Layer } from '@deck.gl/core'
import { PathLayer } from '@deck.gl/layers'
import { midnightOf } from '#protocol/beijing.ts'
import type { MapScene } from '#web/kit/map/view.ts'
import { lineBetween } from './checkpoints.ts'
import { lacksFix, type Patrols } from './patrol.ts'
import { segmentRows } from './patrols.figures.ts'
import { segments } from './segments.codes.ts'

interface Stretch {
  line: number[]
  isPatrolled: boolean | null
}

/** A little of each end is left out, so that segments can be told apart. */
const lines = segments.map(({ line }) => lineBetween(line, 0.025, 0.975))

/** Kept until a segment changes: deck.gl then has nothing to do anew. */
let shown = { key: '', patrolled: [] as Stretch[], missed: [] as Stretch[] }

/** Border segments: a grey line where somebody was within the day, a hollow amber one where nobody was. */
export const layer = (of: MapScene<Patrols>): Layer[] => {
  const { state, now, labelPx } = of
  // with no word at all nothing is known, and nothing is drawn
  if (state.clockMs === 0) return []
  const rows = segmentRows(state, now)
  const key = rows.map(({ isPatrolled }) => Number(isPatrolled)).join('')
  if (key !== shown.key) {
    const all = rows.map(({ isPatrolled }, n) => ({ line: lines[n]!, isPatrolled }))
    shown = {
      key,
      patrolled: all.filter(({ isPatrolled }) => isPatrolled === true),
      missed: all.filter(({ isPatrolled }) => isPatrolled === false),
    }
  }
  const stretches = (
    id: string,
    data: Stretch[],
    widthEm: number,
    colour: [number, number, number, number],
  ) =>
    new PathLayer<Stretch>({
      id: `patrols-${id}`,
      data,
      getPath: ({ line }) => line,
      positionFormat: 'XY',
      getWidth: widthEm * labelPx,
      getColor: colour,
      widthUnits: 'pixels',
      jointRounded: true,
      updateTriggers: { getWidth: labelPx },
    })
  return [
    stretches('patrolled', shown.patrolled, 0.14, [143, 158, 174, 255]),
    stretches('missed', shown.missed, 0.3, [255, 176, 0, 255]),
    stretches('missed-inside', shown.missed, 0.16, [11, 20, 32, 255]),
  ]
}

/** Units that are not as the rest, by their names: on duty without a fix, or sending positions without being on the roster. */
export const unitKinds = (state: Patrols, now: number): Map<string, 'noFix' | 'unrostered'> => {
  const today = midnightOf(now)
  const strangers = Array.from(state.strangers)
    .filter(([, { day, isRostered }]) => day === today && !isRostered)
    .map(([unit]) => [unit, 'unrostered'] as const)
  const lost = Array.from(state.units.values())
    .filter(lacksFix)
    .map(({ unit }) => [unit, 'noFix'] as const)
  return new Map([...strangers, ...lost])
}
