import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { linesOf } from '#mock/replay/recording.ts'

/** A position as a recording has it, its time since the first one. */
export interface Recorded {
  afterMs: number
  unit: string
  lon: number
  lat: number
  speedKmh?: number
  headingDeg?: number
}

const fileName = 'positions-10k-units.tracks.ndjson.gz'

/** The recording to measure with: the known one in `WANGLOU_RECORDINGS`; null where there is none. */
export const findRecording = (): string | null => {
  const folder = process.env.WANGLOU_RECORDINGS
  const file = folder === undefined ? null : join(folder, fileName)
  return file !== null && existsSync(file) ? file : null
}

export async function* readRecording(file: string): AsyncGenerator<Recorded> {
  let firstAt: number | null = null
  for await (const { bytes } of linesOf(file)) {
    const { at, ...rest } = JSON.parse(bytes.toString()) as Omit<Recorded, 'afterMs'> & {
      at: number
    }
    firstAt ??= at
    yield { ...rest, afterMs: at - firstAt }
  }
}

const unitCount = 10_000

/** Stands in for a recording: a sixth moves, and each unit reports about every three minutes. */
export async function* syntheticRecording(minutes: number): AsyncGenerator<Recorded> {
  const wave = (n: number) => (Math.sin(n) * 43_758.5453) % 1
  for (let second = 0; second < 60 * minutes; second++) {
    for (let n = second % 180; n < unitCount; n += 180) {
      const isMoving = n % 6 === 0
      yield {
        afterMs: second * 1000 + Math.floor(n / 10),
        unit: `U-${n}`,
        lon: 100.8 + wave(n) / 2 + (isMoving ? second * 1e-5 : 0),
        lat: 22 + wave(n + 0.5) / 2,
        speedKmh: isMoving ? 20 : 0,
        headingDeg: Math.abs(wave(n) * 359),
      }
    }
  }
}
