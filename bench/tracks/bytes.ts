import type { Bench, Row } from '../bench.ts'
import { findRecording, readRecording, syntheticRecording } from './recording.ts'
import { measureWire } from './wire.ts'

const bytesAtMost = 8
const whole = (value: number): string => value.toLocaleString('en-US')
/** What is counted is the same each time: one round says it all. */
const once = (name: string, bytes: number) => ({ name, rounds: [bytes] })

export const tracksBytes: Bench = {
  name: 'tracks-bytes',
  question: 'How many bytes tell a screen that a unit has moved? Counted, not timed.',
  async run({ isShort, tell }): Promise<Row[]> {
    const file = isShort ? null : findRecording()
    const recording = file === null ? syntheticRecording(isShort ? 1 : 5) : readRecording(file)
    if (file === null) tell('no recording in WANGLOU_RECORDINGS: a synthetic one stands in')
    const wire = await measureWire(recording)
    tell(
      `${whole(wire.accepted)} positions of ${whole(wire.units)} units (${wire.refused} refused): ` +
        `${whole(wire.moved)} moves told in ${whole(wire.ticks)} ticks`,
    )
    const { ours, ...others } = wire.bytesPerMoved
    const from = file === null ? 'synthetic' : 'recorded'
    return [
      {
        case: `${whole(wire.units)} units, ${from}`,
        unit: 'bytes/moved unit',
        sides: [
          once('track frames', ours),
          ...Object.entries(others).map(([name, bytes]) => once(name, bytes)),
        ],
        target: { says: `≤ ${bytesAtMost} bytes`, isMet: ours <= bytesAtMost },
      },
      {
        case: 'a name, told once a screen',
        unit: 'bytes/unit',
        sides: [once('units', wire.namesPerUnit)],
        target: null,
      },
    ]
  },
}
