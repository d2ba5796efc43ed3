import type { Kind } from './retime.ts'
import type { Tally } from './run.ts'

const barCells = 24
const plainEveryMs = 5000

const whole = (value: number) => value.toLocaleString('en-US')

/** One line on how far it is: `[######......] 50 % 500/1,000 · 0 refused`. */
export const progressLine = (tally: Tally, records: number): string => {
  const done = tally.sent % records === 0 && tally.sent > 0 ? records : tally.sent % records
  const share = done / records
  const filled = Math.floor(share * barCells)
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(barCells - filled)}]`
  const lap = tally.lap > 1 ? `lap ${tally.lap} ` : ''
  const counts = `${whole(done)}/${whole(records)} · ${whole(tally.refused)} refused`
  return `${lap}${bar} ${Math.floor(share * 100)} % ${counts}`
}

export interface Screen {
  isTTY: boolean
  write(text: string): void
}

/** Draws a bar over itself on a terminal; elsewhere writes a plain line every few seconds. */
export const createProgress = (screen: Screen, records: number, now: () => number) => {
  let writtenMs = now()
  return {
    show(tally: Tally): void {
      const line = progressLine(tally, records)
      if (screen.isTTY) screen.write(`\r\x1b[K${line}`)
      else if (now() - writtenMs >= plainEveryMs) {
        writtenMs = now()
        screen.write(`${line}\n`)
      }
    },
    /** Says something in between, on a line of its own. */
    say: (sentence: string): void => screen.write(`${screen.isTTY ? '\r\x1b[K' : ''}${sentence}\n`),
    /** Leaves the bar as it stands. */
    end: (): void => screen.write(screen.isTTY ? '\n' : ''),
  }
}

/** What became of it all, for people. */
export const summaryOf = (tally: Tally, elapsedMs: number, kind: Kind = 'event'): string => {
  const seconds = (elapsedMs / 1000).toFixed(1)
  const laps = tally.lap > 1 ? ` in ${tally.lap} laps` : ''
  const counts = [
    `${whole(tally.accepted)} accepted`,
    // of positions the latest wins, whether it came before or not
    ...(kind === 'event' ? [`${whole(tally.duplicate)} duplicate`] : []),
    `${whole(tally.refused)} refused`,
    `${seconds} s`,
  ]
  const records = kind === 'event' ? 'records' : 'positions'
  const lines = [
    `${whole(tally.sent)} ${records} sent${laps}: ${counts.join(', ')}`,
    ...tally.refusals.map(({ lap, line, id, field, reason }) => {
      const where = `${lap > 1 ? `lap ${lap}, ` : ''}line ${line}`
      return `  ${[where, id, field, reason].filter(Boolean).join(' · ')}`
    }),
  ]
  const unsaid = tally.refused - tally.refusals.length
  if (unsaid > 0) lines.push(`  and ${whole(unsaid)} more`)
  if (tally.conflicts > 0) {
    lines.push(
      `${whole(tally.conflicts)} records bear an id that the journal holds with other content, as after an ` +
        'earlier replay at another time: --tag LABEL sends them as new ones.',
    )
  }
  return lines.join('\n')
}
