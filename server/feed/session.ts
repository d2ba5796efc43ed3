import type { Audience } from '#protocol/event.ts'
import { type Bye, closeCodes } from '#protocol/feed.ts'
import type { Clock } from '../world.ts'
import { encodeFrame, type Frame } from './recent.ts'
import { createTokenBucket } from './token-bucket.ts'

/** One socket, whatever carries it. */
export interface Connection {
  /** `written` is called when the frame has left this process */
  send(frame: Frame, written: () => void): void
  close(code: number, reason: string): void
  /** at once, without waiting for what is still to be written */
  terminate(): void
}

/** How far a screen may fall behind, its snapshot apart. Patched down by tests. */
export interface Allowance {
  bytes: number
  messages: number
}
export const defaultAllowance: Allowance = { bytes: 1024 * 1024, messages: 1000 }

/** A closed socket may hang on what it cannot write; then it is cut. */
const terminateAfterMs = 2000
const upPerMinute = 100

/** One screen. What is sent to it is counted until it has left, and past the allowance it is let go. */
export interface Session {
  audience: Audience | null
  readonly isOpen: boolean
  /** Counted against the allowance; over it, the screen is told `tooSlow` and let go. */
  send(frame: Frame): void
  /** Not counted: a snapshot may be larger than any allowance. */
  sendSnapshot(frame: Frame): void
  bye(code: number, reason: string, retryAfterMs?: number): void
  /** Takes one of the messages that a screen may send in a minute. */
  mayTalk(): boolean
}

export const createSession = (options: {
  clock: Clock
  connection: Connection
  allowance: Allowance
  /** called once, when the session is over for the server */
  onOver(session: Session, wasTooSlow: boolean): void
}): Session => {
  const { clock, connection, allowance } = options
  const mayTalk = createTokenBucket(() => clock.monotonic(), upPerMinute, upPerMinute / 60)
  let bytes = 0
  let messages = 0
  let isOpen = true

  const bye = (code: number, reason: string, retryAfterMs = 0): void => {
    if (!isOpen) return
    isOpen = false
    const message: Bye = { kind: 'bye', code, reason, retryAfterMs }
    clock.after(terminateAfterMs, () => connection.terminate())
    connection.send(encodeFrame(message), () => {})
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
      if (bytes + frame.length > allowance.bytes || messages + 1 > allowance.messages) {
        bye(closeCodes.tooSlow, 'too far behind: join again for a snapshot', 1000)
        return
      }
      bytes += frame.length
      messages += 1
      connection.send(frame, () => {
        bytes -= frame.length
        messages -= 1
      })
    },
    sendSnapshot(frame) {
      if (isOpen) connection.send(frame, () => {})
    },
    bye,
    mayTalk,
  }
  return session
}
