import type { Ticker } from './frame.ts'

/** Left alone for so long, the key is forgotten, ms. */
export const forgetsAfterMs = 5 * 60_000

/** What is sent in a header holds no other signs. */
const isSendable = (key: string): boolean => /^[\x21-\x7e]{1,200}$/.test(key)

/** The key that somebody typed, in memory only and no longer than he is there. */
export const createHeldKey = (
  ticker: Pick<Ticker, 'after'>,
  onChange: (isHeld: boolean) => void,
) => {
  let key: string | null = null
  let cancel = () => {}
  const forget = (): void => {
    cancel()
    key = null
    onChange(false)
  }
  const touch = (): void => {
    cancel()
    if (key !== null) cancel = ticker.after(forgetsAfterMs, forget)
  }
  return {
    read: (): string | null => key,
    forget,
    touch,
    /** False for what cannot be a key. */
    take(typed: string): boolean {
      const isTaken = isSendable(typed.trim())
      if (!isTaken) return false
      key = typed.trim()
      touch()
      onChange(true)
      return true
    },
  }
}
