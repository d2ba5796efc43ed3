import type { Audience } from '#protocol/event.ts'
import { type Bye, closeCodes } from '#protocol/feed.ts'
import type { Clock } from '../world.ts'
import { encodeFrame, type Frame } from './recent.ts'
import { createTokenBucket } from './token-bucket.ts'

/** One socket, whatever carries it. */
export interface Connection {
  /** `written` is called when the frame has left this process, which may be at once */
  send(frame: Frame, written: () => void, isBinary?: boolean): void
  close(code: number, reason: string): void
  /** at once, without waiting for what is still to be written */
  terminate(): void
}

/**
 * How far a screen may be behind, its snapshot apart, for longer than `overForMs`: a burst that a healthy reader takes in
 * at once is no lag. At eight times as much it is let go at once, so that memory stays bounded. Patched down by tests.
 */
export interface Allowance {
  bytes: number
  messages: number
}
export const defaultAllowance: Allowance = { bytes: 1024 * 1024, messages: 1000 }

/** How long a screen may stay past its allowance, ms. */
const overForMs = 2000
const atOnceFactor = 8

/** A closed socket may hang on what it cannot write; then it is cut. */
const terminateAfterMs = 2000
const upPerMinute = 100

const ignore = (): void => {}

/** One screen. What is sent to it is counted until it has left; one that stays past the allowance is let go. */
export interface Session {
  audience: Audience | null
  readonly isOpen: boolean
  /** Counted against the allowance; over it, the screen is told `tooSlow` and let go. */
  send(frame: Frame): void
  /** Not counted: a snapshot may be larger than any allowance. */
  sendSnapshot(frame: Frame): void
  /**
   * Positions: only the latest matter, so while earlier frames have not left yet they are left out, and a
   * key frame follows when the way is free. They never count against the allowance.
   */
  sendTracks(frames: readonly Frame[]): void
  bye(code: number, reason: string, retryAfterMs?: number): void
  /** Takes one of the messages that a screen may send in a minute. */
  mayTalk(): boolean
}

/** What goes out, over all screens since the server's start. */
export interface Sent {
  sentFrames: number
  sentBytes: number
  /** of the frames, those of positions */
  trackFrames: number
}

export const createSession = (options: {
  clock: Clock
  connection: Connection
  sent: Sent
  allowance: Allowance
  /** every unit's latest position, for a screen that frames were left out for */
  keyFrames(): readonly Frame[]
  /** called once, when the session is over for the server */
  onOver(session: Session, wasTooSlow: boolean): void
}): Session => {
  const { clock, connection, sent, allowance } = options
  const mayTalk = createTokenBucket(() => clock.monotonic(), upPerMinute, upPerMinute / 60)
  /** of what is counted and has not left yet: each one's length, in the order in which they go, and their sum */
  const unwritten: number[] = []
  let bytes = 0
  let tracksUnwritten = 0
  let needsKey = false
  let overSinceMs: number | null = null
  let isOpen = true

  const isOver = (factor: number): boolean =>
    bytes > factor * allowance.bytes || unwritten.length > factor * allowance.messages
  const isTooSlow = (): boolean =>
    isOver(atOnceFactor) || (overSinceMs !== null && clock.monotonic() - overSinceMs >= overForMs)

  const count = ({ length }: Frame): void => {
    sent.sentFrames += 1
    sent.sentBytes += length
  }
  const written = (): void => {
    bytes -= unwritten.shift() ?? 0
    if (overSinceMs !== null && !isOver(1)) overSinceMs = null
  }
  const tracksWritten = (): void => {
    tracksUnwritten -= 1
    if (tracksUnwritten === 0 && needsKey) sendTracks(options.keyFrames())
  }

  const sendTracks = (frames: readonly Frame[]): void => {
    if (!isOpen) return
    if (tracksUnwritten > 0) {
      needsKey = true
      return
    }
    needsKey = false
    for (const frame of frames) {
      tracksUnwritten += 1
      count(frame)
      sent.trackFrames += 1
      connection.send(frame, tracksWritten, true)
    }
  }

  const bye = (code: number, reason: string, retryAfterMs = 0): void => {
    if (!isOpen) return
    isOpen = false
    const message: Bye = { kind: 'bye', code, reason, retryAfterMs }
    clock.after(terminateAfterMs, () => connection.terminate())
    const frame = encodeFrame(message)
    count(frame)
    connection.send(frame, ignore)
    connection.close(code, reason)
    options.onOver(session, code === closeCodes.tooSlow)
  }

  const session: Session = {
    audience: null,
    get isOpen() {
      return isOpen
    },
    send(frame) {
      if (!isOpen) return
      if (isTooSlow()) {
        bye(closeCodes.tooSlow, 'too far behind: join again', 1000)
        return
      }
      bytes += frame.length
      unwritten.push(frame.length)
      if (isOver(1)) overSinceMs ??= clock.monotonic()
      count(frame)
      connection.send(frame, written)
    },
    sendSnapshot(frame) {
      if (!isOpen) return
      count(frame)
      connection.send(frame, ignore)
    },
    sendTracks,
    bye,
    mayTalk,
  }
  return session
}
