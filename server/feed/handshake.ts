import type { Clock } from '../world.ts'
import { createTokenBucket } from './token-bucket.ts'

/** Upgrades let through at once, and a second: a thousand walls come back within half a minute, and never in a heap. */
const burst = 60
const perSecond = 60

export interface HandshakeRequest {
  /** path and query as they came */
  url: string | undefined
  origin: string | undefined
  authorization: string | undefined
}
export type HandshakeVerdict = { status: 101 } | { status: 401 | 403 | 404 | 429; reason: string }

/**
 * Who may open the feed: a page of an allowed origin, or a program (it sends no Origin) with the token.
 * Cookies play no part, so a foreign page gains nothing by opening a socket.
 */
export const createHandshake = (options: {
  clock: Clock
  origins: readonly string[]
  isToken(authorization: string | undefined): boolean
}) => {
  const takeToken = createTokenBucket(() => options.clock.monotonic(), burst, perSecond)
  return ({ url, origin, authorization }: HandshakeRequest): HandshakeVerdict => {
    if (!takeToken()) return { status: 429, reason: 'too many at once; come back in a few seconds' }
    // no URL parser here: `GET //` makes it throw
    if ((url ?? '').split('?', 1)[0] !== '/feed')
      return { status: 404, reason: 'the feed is at /feed' }
    if (origin === undefined && !options.isToken(authorization)) {
      return { status: 401, reason: 'no Origin: send the ingest token as a bearer token' }
    }
    if (origin !== undefined && !options.origins.includes(origin)) {
      return { status: 403, reason: 'this origin is not in WANGLOU_ORIGINS' }
    }
    return { status: 101 }
  }
}
