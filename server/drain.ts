/** One thing to close: what it is called, and how. */
export type Closing = [name: string, close: () => unknown]

/**
 * Closes one after the other. What fails is said in one line and keeps nothing after it open.
 */
export const closeAll = async (
  closings: readonly Closing[],
  fail: (line: string) => void,
): Promise<void> => {
  for (const [name, close] of closings) {
    try {
      await close()
    } catch (fault) {
      fail(`${name} did not close: ${fault instanceof Error ? fault.message : String(fault)}`)
    }
  }
}
