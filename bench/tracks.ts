import { cpus } from 'node:os'
import { chromiumMissing, findChromium } from '../tools/chromium.ts'
import { findRecording, readRecording, syntheticRecording } from './tracks/recording.ts'
import { measureScript } from './tracks/script.ts'
import { measureWire } from './tracks/wire.ts'

const units = 10_000
const rounds = 7
const updates = 24

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [head, head.map(() => '---'), ...rows]
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
const whole = (value: number) => value.toLocaleString('en-US')

const file = findRecording(process.argv[2])
console.log('## Bytes per moved unit on the wire\n')
if (file === null) {
  console.log(
    'No recording: name a file of positions, or its folder in WANGLOU_RECORDINGS. A synthetic one stands in.\n',
  )
}
const wire = await measureWire(file === null ? syntheticRecording() : readRecording(file))
console.log(
  `${whole(wire.accepted)} positions of ${whole(wire.units)} units at their own pace (${wire.refused} refused): ` +
    `${whole(wire.moved)} moves told in ${whole(wire.ticks)} ticks. WebSocket framing counted, no compression.\n`,
)
const { ours, ...others } = wire.bytesPerMoved
const rowOf = ([name, bytes]: [string, number]) => [
  name,
  bytes.toFixed(1),
  `${(bytes / ours).toFixed(1)} ×`,
]
console.log(
  table(
    ['told as', 'bytes per moved unit', ''],
    [['track frames (ours)', ours] as [string, number], ...Object.entries(others)].map(rowOf),
  ),
)
console.log(`\nNames are told once: ${wire.namesPerUnit.toFixed(1)} bytes a unit.\n`)

console.log(`## Main-thread time of one update of ${whole(units)} units, net of an idle frame\n`)
if (findChromium() === undefined) {
  console.log(chromiumMissing())
} else {
  const spent = await measureScript(units, rounds, updates)
  const names = {
    columns: 'binary frame → columns → deck.gl (ours)',
    objects: 'deck.gl fed with objects that are already there',
    json: 'JSON → objects → deck.gl',
  }
  console.log(
    table(
      ['way', 'median ms', 'least to most', ''],
      (['columns', 'objects', 'json'] as const).map((way) => {
        const { roundsMs, medianMs } = spent[way]
        const range = `${Math.min(...roundsMs).toFixed(2)} to ${Math.max(...roundsMs).toFixed(2)}`
        const times = `${(medianMs / spent.columns.medianMs).toFixed(1)} ×`
        return [names[way], medianMs.toFixed(2), range, times]
      }),
    ),
  )
  console.log(
    `\n${rounds} rounds in turns of ${updates} updates each; an idle frame takes ${spent.idle.medianMs.toFixed(2)} ms. ` +
      `Processor time of the page's main thread; drawing is software's, elsewhere, and not counted. ${cpus()[0]?.model ?? ''}`,
  )
}
