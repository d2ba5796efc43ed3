import type { Layer } from '@deck.gl/core'
import { PathLayer } from '@deck.gl/layers'
import type { LegendMark } from '#web/kit/map/legend.ts'
import { markColours, rgba } from '#web/kit/map/map-colours.ts'
import type { MapScene } from '#web/kit/map/view.ts'
import { lineBetween } from './checkpoints.ts'
import { isOnDuty, type Patrols } from './patrol.ts'
import { segmentRows } from './patrols.figures.ts'
import { segments } from './segments.codes.ts'

export { unitKinds } from './unit-kinds.ts'

/** How a unit on the roster is called on the radio. */
export const callSignOf = (state: Patrols, unit: string): string | undefined => {
  const one = state.units.get(unit)
  return one && isOnDuty(one) ? one.start?.callSign : undefined
}

interface Stretch {
  line: number[]
  isPatrolled: boolean | null
}

/** How far inside of the border its segments are drawn, sizes of a word: the border itself stays what it is. */
const insideEm = 0.42

/** A line beside another, so far to its right; smoothed, since a sharp corner has no one side. */
const beside = (flat: readonly number[], degrees: number): number[] => {
  const many = flat.length / 2
  const at = (n: number) => {
    const index = 2 * Math.max(0, Math.min(many - 1, n))
    return [flat[index]!, flat[index + 1]!] as const
  }
  return Array.from({ length: many }, (_, n) => {
    const [[ax, ay], [bx, by]] = [at(n - 3), at(n + 3)]
    const length = Math.hypot(bx - ax, by - ay) || 1
    const [x, y] = [-1, 0, 1].reduce(
      ([sx, sy], k) => [sx + at(n + k)[0] / 3, sy + at(n + k)[1] / 3],
      [0, 0] as [number, number],
    )
    return [x + ((by - ay) / length) * degrees, y - ((bx - ax) / length) * degrees]
  }).flat()
}

/** A little of each end is left out, so that segments can be told apart. */
const lines = segments.map(({ line }) => lineBetween(line, 0.025, 0.975))

/** Kept until a segment changes: deck.gl then has nothing to do anew. */
let shown = { key: '', insideDegrees: 0, patrolled: [] as Stretch[], missed: [] as Stretch[] }

/** Border segments: a grey line where somebody was within the day, a hollow amber one where nobody was. */
export const layer = (of: MapScene<Patrols>): Layer[] => {
  const { state, now, labelPx, pxPerDegree } = of
  // with no word at all nothing is known, and nothing is drawn
  if (state.clockMs === 0) return []
  const rows = segmentRows(state, now)
  const key = rows.map(({ isPatrolled }) => Number(isPatrolled)).join('')
  const insideDegrees = (insideEm * labelPx) / pxPerDegree
  if (key !== shown.key || insideDegrees !== shown.insideDegrees) {
    const all = rows.map(({ isPatrolled }, n) => ({
      line: beside(lines[n]!, insideDegrees),
      isPatrolled,
    }))
    shown = {
      key,
      insideDegrees,
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
    stretches('patrolled', shown.patrolled, 0.09, rgba(markColours.patrolled, 0.78)),
    stretches('missed', shown.missed, 0.28, rgba(markColours.asksFor)),
    stretches('missed-inside', shown.missed, 0.16, rgba(markColours.ground)),
  ]
}

export const legend: readonly LegendMark[] = [
  { word: 'patrols.mark.patrolled', path: 'M0 8h20v4H0Z', colour: markColours.patrolled },
  {
    word: 'patrols.mark.missed',
    path: 'M1.5 6h17v8h-17Z',
    colour: markColours.asksFor,
    isHollow: true,
  },
]
