import type { Units } from '#protocol/feed.ts'
import { encodeTracks } from '#protocol/track-frame.ts'
import type { Lane, TrackTick } from '../tracks/lane.ts'
import type { Clock } from '../world.ts'
import { encodeFrame, type Frame } from './recent.ts'
import type { Session } from './session.ts'

/** A key frame is shared by everybody who needs one within this time. */
const keySharedMs = 1000
const namesPerMessage = 1000

/** Positions on their way to the screens that may see them; encoded once, however many those are. */
export interface TrackCast {
  /** Names every unit to a newcomer and gives it each one's latest position, with its age. */
  greet(session: Session): void
  keyFrames(): readonly Frame[]
}

const toFrames = (encoded: readonly Uint8Array[]): Frame[] =>
  encoded.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength))

export const createTrackCast = (options: {
  clock: Clock
  lane: Lane
  /** the sessions that may see positions */
  watching(): Iterable<Session>
}): TrackCast => {
  const { clock, lane, watching } = options
  let announced = 0
  /** every name as newcomers get them */
  let all: readonly Frame[] | null = null
  /** of the units that were announced, those that were announced as made up */
  const marked = new Set<number>()
  let key: { frames: Frame[]; madeAtMs: number } | null = null

  const nameUnits = (from: number): Frame[] => {
    const frames: Frame[] = []
    for (let first = from; first === 0 || first < announced; first += namesPerMessage) {
      const some = lane.units.slice(first, Math.min(first + namesPerMessage, announced))
      const message: Units = {
        kind: 'units',
        from: first,
        names: some.map(({ unit }) => unit),
        simulated: some.flatMap(({ simulated }, n) => (simulated ? [first + n] : [])),
      }
      frames.push(encodeFrame(message))
    }
    return frames
  }

  const allNames = (): readonly Frame[] => {
    all ??= nameUnits(0)
    return all
  }

  const keyFrames = (): readonly Frame[] => {
    if (key && clock.monotonic() - key.madeAtMs < keySharedMs) return key.frames
    const entries = lane.units.slice(0, announced).map((fix, index) => ({ index, fix }))
    key = {
      frames: toFrames(encodeTracks(entries, clock.now(), true)),
      madeAtMs: clock.monotonic(),
    }
    return key.frames
  }

  const greet = (session: Session): void => {
    for (const frame of allNames()) session.send(frame)
    if (announced > 0) session.sendTracks(keyFrames())
  }

  lane.onTick((tick: TrackTick) => {
    const from = announced
    announced = lane.units.length
    let isTurned = false
    for (const { index, fix } of tick.changed) {
      if (fix.simulated === marked.has(index)) continue
      isTurned ||= index < from
      if (fix.simulated) marked.add(index)
      else marked.delete(index)
    }
    if (announced > from || isTurned) all = null
    key = null
    // what was real is made up from now on, or the other way round: seldom, so all are named anew
    if (isTurned) {
      for (const session of watching()) greet(session)
      return
    }
    const names = announced > from ? nameUnits(from) : []
    const frames = toFrames(encodeTracks(tick.changed, tick.at, false))
    for (const session of watching()) {
      for (const frame of names) session.send(frame)
      session.sendTracks(frames)
    }
  })

  return { greet, keyFrames }
}
