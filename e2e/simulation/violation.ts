/** A promise was broken. The first line says which, in the same words for every seed. */
export class Violation extends Error {
  override name = 'Violation'
}

/** `promise`: what must be so; `seen`: what was, in this schedule. */
export const must = (isSo: boolean, promise: string, seen: () => unknown): void => {
  if (isSo) return
  const told = seen()
  throw new Violation(`${promise}\n${typeof told === 'string' ? told : JSON.stringify(told)}`)
}

/** Where it came from too, unless it is a promise: its own words say more. */
export const toldOf = (fault: unknown): string =>
  fault instanceof Error && !(fault instanceof Violation)
    ? (fault.stack ?? String(fault))
    : String(fault)
