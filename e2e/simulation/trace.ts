import { createHash } from 'node:crypto'

/** Everything that happened in a schedule, in order: what two runs of one seed must have in common. */
export interface Trace {
  note(what: string, frame?: Uint8Array | string): void
  /** of everything noted so far, hex */
  digest(): string
  /** readable, the frames by their first characters; empty unless lines are kept */
  readonly lines: readonly string[]
}

const shownAtMost = 240

export const createTrace = (monotonic: () => number, keepsLines: boolean): Trace => {
  const hash = createHash('sha256')
  const lines: string[] = []
  return {
    note(what, frame) {
      const line = `${monotonic().toFixed(3)} ${what}`
      hash.update(line)
      if (frame !== undefined) hash.update(frame)
      if (!keepsLines) return
      const text =
        typeof frame === 'string' ? frame : frame && Buffer.from(frame).toString('latin1')
      lines.push(text === undefined ? line : `${line} ${text.slice(0, shownAtMost)}`)
    },
    digest: () => hash.copy().digest('hex'),
    lines,
  }
}
