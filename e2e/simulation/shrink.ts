import { type RunOptions, runSchedule } from './schedule.ts'
import { type Kind, kinds, type Limits, shapeOf } from './shape.ts'

/** The first line of what a schedule broke, or null when it kept every promise. */
export const brokenBy = async (seed: number, options: RunOptions = {}): Promise<string | null> => {
  try {
    await runSchedule(seed, options)
    return null
  } catch (fault) {
    return String(fault).split('\n', 1)[0]!
  }
}

/** Fewer steps and fewer kinds of faults that break the same promise of the same seed. */
export const shrink = async (
  seed: number,
  given: Limits = {},
): Promise<{ steps: number; without: Kind[] }> => {
  const broken = await brokenBy(seed, given)
  const { steps, rates } = shapeOf(seed)
  const least = { steps, without: [] as Kind[] }
  for (let fewer = 1; fewer < steps; fewer++) {
    if ((await brokenBy(seed, { ...given, steps: fewer })) !== broken) continue
    least.steps = fewer
    break
  }
  for (const kind of kinds) {
    if (rates[kind] === 0) continue
    const without = [...least.without, kind]
    if ((await brokenBy(seed, { ...given, ...least, without })) === broken) least.without = without
  }
  return least
}

/** What to type to see it again. */
export const commandFor = (seed: number, { steps, without = [] }: Limits = {}): string =>
  [
    `npm run simulate -- --seed ${seed}`,
    ...(steps === undefined ? [] : [`--steps ${steps}`]),
    ...(without.length === 0 ? [] : [`--without ${without.join()}`]),
  ].join(' ')
