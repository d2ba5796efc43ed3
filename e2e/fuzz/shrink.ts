import type { Judge, Taker } from './door.ts'
import { wantsNoPollution } from './pollution.ts'

/** As many tries as a person is willing to wait for. */
const triesAtMost = 2000

/** What a door does with an input, and what the oracle says of it: null where all is well. */
export const faultOf = async (taker: Taker, input: Uint8Array): Promise<Error | null> => {
  try {
    const judge: Judge = await taker.take(input)
    judge()
    wantsNoPollution()
    return null
  } catch (fault) {
    return fault instanceof Error ? fault : new Error(`threw ${String(fault)}`)
  }
}

const without = (input: Uint8Array, from: number, to: number): Uint8Array => {
  const rest = new Uint8Array(input.length - (to - from))
  rest.set(input.subarray(0, from))
  rest.set(input.subarray(to), from)
  return rest
}

/**
 * A smaller input that fails as well: halves, quarters, … down to single bytes are left out while it does. `onTry` hears
 * of each try.
 */
export const shrink = async (
  taker: Taker,
  input: Uint8Array,
  onTry: () => void = () => {},
): Promise<Uint8Array> => {
  let smallest = input
  let tries = 0
  for (
    let size = Math.ceil(input.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < smallest.length && tries < triesAtMost; tries++) {
      onTry()
      const shorter = without(smallest, from, Math.min(smallest.length, from + size))
      if ((await faultOf(taker, shorter)) !== null) smallest = shorter
      else from += size
    }
  }
  return smallest
}

/** Bytes as a person can read them and paste them. */
export const shown = (input: Uint8Array): string => {
  const text = JSON.stringify(Buffer.from(input).toString('latin1'))
  return text.length > 800 ? `${text.slice(0, 800)}… (${input.length} bytes)` : text
}
