import { encode } from '@msgpack/msgpack'
import { encodeTracks } from '#protocol/track-frame.ts'
import { checkFix } from '../../server/ingest/check-fix.ts'
import { createSimulatedWorld } from '../../server/simulated-world.ts'
import { createLane } from '../../server/tracks/lane.ts'
import { cotEvent } from './cursor-on-target.ts'
import type { Recorded } from './recording.ts'

const startMs = Date.UTC(2026, 10, 22)
/** As the replay sends them: together what falls due within this, ms. */
const slotMs = 100

/** What a WebSocket puts before a message from the server (RFC 6455, 5.2), bytes. */
const framingBytes = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10)
const onWire = (length: number): number => length + framingBytes(length)
/** UTF-8; no position has more than a few letters beyond ASCII, and a name may. */
const textBytes = (text: string): number => Buffer.byteLength(text)

/** Bytes per moved unit, framing included, and what they were counted over. */
export interface Wire {
  units: number
  accepted: number
  refused: number
  ticks: number
  moved: number
  /** by the way of telling */
  bytesPerMoved: { ours: number; [way: string]: number }
  /** announcing the units' names, once, bytes a unit */
  namesPerUnit: number
}

/** Runs a recording through the lane at its own pace, on a simulated clock, and counts what would be sent. */
export const measureWire = async (recording: AsyncIterable<Recorded>): Promise<Wire> => {
  const world = createSimulatedWorld(1, startMs)
  const lane = createLane(world.clock)
  const bytes = { frames: 0, packed: 0, jsonArrays: 0, jsonObjects: 0, cot: 0 }
  const counts = { accepted: 0, refused: 0, ticks: 0, moved: 0 }
  lane.onTick(({ at, changed }) => {
    counts.ticks += 1
    counts.moved += changed.length
    for (const frame of encodeTracks(changed, at, false)) bytes.frames += onWire(frame.length)
    const arrays = changed.map(({ index, fix }) => [
      index,
      Number(fix.lon.toFixed(3)),
      Number(fix.lat.toFixed(3)),
      fix.headingDeg === null ? null : Math.round(fix.headingDeg),
      fix.speedKmh === null ? null : Math.round(fix.speedKmh),
      Math.round((at - fix.at) / 1000),
    ])
    bytes.jsonArrays += onWire(textBytes(JSON.stringify(arrays)))
    const objects = changed.map(({ fix: { seenAt: _, simulated: __, ...told } }) => told)
    bytes.jsonObjects += onWire(textBytes(JSON.stringify(objects)))
    bytes.packed += onWire(encode(arrays, { forceFloat32: true }).length)
    for (const fix of objects) bytes.cot += textBytes(cotEvent(fix))
  })
  let passedMs = 0
  for await (const { afterMs, ...fix } of recording) {
    const dueMs = Math.ceil(afterMs / slotMs) * slotMs
    if (dueMs > passedMs) await world.pass(dueMs - passedMs)
    passedMs = Math.max(passedMs, dueMs)
    const checked = checkFix({ ...fix, at: startMs + afterMs }, world.clock.now(), false)
    if ('fix' in checked) lane.accept([checked.fix])
    counts['fix' in checked ? 'accepted' : 'refused'] += 1
  }
  await world.pass(2000)
  lane.stop()
  const per = (count: number) => count / counts.moved
  const names = textBytes(JSON.stringify(lane.units.map(({ unit }) => unit)))
  return {
    ...counts,
    units: lane.units.length,
    namesPerUnit: names / lane.units.length,
    bytesPerMoved: {
      ours: per(bytes.frames),
      'MessagePack arrays': per(bytes.packed),
      'JSON arrays, 3 decimals': per(bytes.jsonArrays),
      'JSON objects, as recorded': per(bytes.jsonObjects),
      'Cursor-on-Target XML': per(bytes.cot),
    },
  }
}
