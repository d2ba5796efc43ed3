import { midnightOf } from '#protocol/beijing.ts'
import { lacksFix, type Patrols } from './patrol.ts'

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
