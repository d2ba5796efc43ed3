import { type FraudType, fraudTypes, type Measured } from './anti-fraud.codes.ts'
import { sumUp } from './anti-fraud.sums.ts'
import { type Fraud, type Sum, sumOf } from './series.ts'

/** The share that a type has, from one midnight on, of everything of the measure whose type is known; `counts` by type. */
export const shareIn = (
  state: Fraud,
  { measure, quantity }: Measured,
  type: FraudType,
  fromMs: number,
): { value: number | null; counts: number[]; all: Sum[]; untyped: number } => {
  const all: Sum[] = []
  const own: Sum[] = []
  const counts = fraudTypes.map(() => 0)
  let untyped = 0
  for (const series of state.series.values()) {
    if (series.measure !== measure) continue
    for (const [day, cells] of series.byType) {
      if (day < fromMs) continue
      for (const [key, cell] of cells) {
        const sum = sumOf(series.source, cell)
        if (key === 'untyped') untyped += sum.count
        else {
          all.push(sum)
          counts[fraudTypes.indexOf(key)]! += sum.total
        }
        if (key === type) own.push(sum)
      }
    }
  }
  const whole = sumUp(all, quantity)
  return { value: whole > 0 ? sumUp(own, quantity) / whole : null, counts, all, untyped }
}
