import type { FeedEvent } from '#protocol/event.ts'
import {
  type Beat,
  beatEveryMs,
  type Down,
  type Events,
  type Hello,
  lostAfterMs,
  protocolVersion,
  type ServedTopics,
  type Snapshot,
  type Units,
  type Welcome,
} from '#protocol/feed.ts'
import type { Link } from './link.ts'
import { readDown } from './read-down.ts'

/** A text socket, opened by whoever runs the client. */
export interface Socket {
  send(text: string): void
  close(): void
}
export interface SocketEvents {
  opened(): void
  text(text: string): void
  bytes(bytes: Uint8Array): void
  closed(): void
}

export interface FeedClientOptions {
  open(events: SocketEvents): Socket
  audience: string
  /** ms that never go back */
  monotonic(): number
  /** this machine's own clock, ms: it may jump, and it alone tells that the machine has slept */
  now?(): number
  after(delayMs: number, task: () => void): () => void
  every(delayMs: number, task: () => void): () => void
  random(): number
  /** the whole state, encoded, up to `seq`: everything before it is replaced */
  onSnapshot(topics: Snapshot['topics'], seq: number): void
  /** the next events, in order, without a gap */
  onEvents(events: FeedEvent[], to: number): void
  /** names of the units that track frames speak of by index; `from` 0 starts them anew */
  onUnits(units: Units): void
  /** a track frame: positions, latest wins */
  onTracks(frame: Uint8Array): void
  /** what this screen says of itself, where it draws: without it, nobody expects a beat of it */
  beat?(): Pick<Beat, 'screen' | 'drawnAgoMs' | 'isVisible'>
  /** what the server serves of topics that are not folded here */
  onServed(served: ServedTopics): void
  /** something of the link changed */
  onLink(link: Link): void
}

export interface FeedClient {
  start(): void
  stop(): void
  /** Judges the link: to be called before anything is shown, since timers may not have run for long. */
  look(): void
  /** the server's clock as this screen believes it, ms; null before the first word */
  serverNow(): number | null
  /** how long ago the server last spoke, ms; since the start, before its first word */
  silentMs(): number
}

/** Full jitter (after AWS): random in 0..min(cap, base · 2^n), started over after a stable half minute. */
const baseDelayMs = 500
const capDelayMs = 10_000
const stableAfterMs = 30_000
/** A minute of them: a clock that was set back by a little is believed after that. */
const offsetsKept = 30
/** What is believed of the server's clock is forgotten by so much, ms per ms: more than any two clocks drift apart. */
const forgottenPerMs = 200e-6
/** How long a join may take before it is tried again, ms, at most: a whole state over a narrow line takes its time. */
const patienceAtMostMs = 120_000
/** No server sends a screen away for longer than this, ms. */
const awayAtMostMs = 300_000

/**
 * Keeps one screen in step with the journal: joins, resumes with what it has, checks that every seq
 * follows the last, and when one does not, joins again. It never gives up.
 */
export const createFeedClient = (options: FeedClientOptions): FeedClient => {
  const page = Math.floor(options.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
  const link: Link = {
    state: 'connecting',
    epoch: null,
    seq: 0,
    recording: true,
    faults: [],
    bye: null,
    lostSinceMs: null,
    gap: 0,
    dup: 0,
    reorder: 0,
    reconnects: 0,
  }
  let socket: Socket | null = null
  let attempt = 0
  /** when the newest word that says when it was said was said, as far as that can be known */
  let heardAtMs = options.monotonic()
  /** since when what is heard is too old, if it is: until a word comes that is clearly not */
  let oldFromMs: number | null = null
  /** from when on patience is counted: the last frame, or the last try */
  let patientFromMs = heardAtMs
  let joinedAtMs = 0
  let hasJoined = false
  let headAtJoin = 0
  let retryAfterMs = 0
  let cancelRetry: (() => void) | null = null
  let stopWatch: (() => void) | null = null
  let stopBeat: (() => void) | null = null
  let awaitsSnapshot = true
  /** this socket was welcomed: before it, nobody knows of which journal its frames speak */
  let isWelcomed = false
  /** this socket was welcomed, and what it was promised is still on its way */
  let isBehind = false
  let patienceMs = lostAfterMs
  let offsetsMs: number[] = []
  /** of the least delayed word, slowly forgotten; never more than the last welcome allows */
  let bestOffsetMs = Number.NEGATIVE_INFINITY
  let learntAtMs = heardAtMs
  /** when this socket asked to be welcomed: what the welcome says was said after it */
  let askedAtMs = heardAtMs
  let aheadMs: number | null = null

  const serverNow = (): number | null =>
    offsetsMs.length === 0 ? null : Math.max(...offsetsMs) + options.monotonic()

  /** The least delayed of the last few words is nearest to the truth. */
  const learnTime = (serverTime: number): void => {
    const now = options.monotonic()
    const offsetMs = serverTime - now
    offsetsMs.push(offsetMs)
    if (offsetsMs.length > offsetsKept) offsetsMs.shift()
    bestOffsetMs = Math.max(bestOffsetMs - forgottenPerMs * (now - learntAtMs), offsetMs)
    learntAtMs = now
    // a page that cannot keep up hears all the time, and what it hears is old
    heardAtMs = serverTime - bestOffsetMs
  }

  const changed = (): void => options.onLink({ ...link })

  /** Only from a screen that has joined: the server would send any other away. */
  const beat = (): void => {
    if (!socket || !options.beat || link.state !== 'live') return
    const { seq, gap, dup, reorder } = link
    const message: Beat = { kind: 'beat', page, ...options.beat(), seq, gap, dup, reorder }
    socket.send(JSON.stringify(message))
  }

  const enter = (state: Link['state']): void => {
    if (link.state === state) return
    link.state = state
    link.lostSinceMs = state === 'lost' ? serverNow() : null
    changed()
    // at once, so that a page which is blocked right after it has joined is missed too
    if (state === 'live') beat()
  }

  const silentMs = (): number => options.monotonic() - heardAtMs
  const isOld = (): boolean => silentMs() >= lostAfterMs

  /** Between fresh and old it stays what it was: else it would turn with every word. */
  const judgeAge = (): void => {
    if (isOld()) {
      oldFromMs ??= options.monotonic()
      enter('lost')
    } else if (silentMs() < lostAfterMs / 2) oldFromMs = null
  }

  const reachHead = (): void => {
    if (link.seq < headAtJoin || awaitsSnapshot) return
    // what waited behind the state is old, and what follows it need not be
    if (isBehind) oldFromMs = null
    isBehind = false
    patienceMs = lostAfterMs
    if (oldFromMs === null && !isOld()) enter('live')
  }

  const leave = (): void => {
    const closing = socket
    socket = null
    isBehind = false
    closing?.close()
  }

  const retry = (): void => {
    leave()
    if (cancelRetry) return
    // once for each join: the tries that follow have not been stable, however long ago it was
    if (hasJoined && options.monotonic() - joinedAtMs > stableAfterMs) attempt = 0
    hasJoined = false
    const roofMs = Math.min(capDelayMs, baseDelayMs * 2 ** attempt)
    const delayMs = retryAfterMs + options.random() * roofMs
    attempt += 1
    retryAfterMs = 0
    link.reconnects += 1
    cancelRetry = options.after(delayMs, () => {
      cancelRetry = null
      connect()
    })
  }

  const welcome = (message: Welcome): void => {
    // the server's clock may have been set back
    const atMostMs = message.serverTime - askedAtMs
    offsetsMs = offsetsMs.filter((offsetMs) => offsetMs <= atMostMs)
    bestOffsetMs = Math.min(bestOffsetMs, atMostMs)
    learnTime(message.serverTime)
    joinedAtMs = options.monotonic()
    hasJoined = true
    headAtJoin = message.seq
    awaitsSnapshot = message.mode === 'snapshot'
    link.epoch = message.epoch
    link.bye = null
    isWelcomed = true
    isBehind = true
    patientFromMs = joinedAtMs
    enter('catching-up')
    reachHead()
  }

  const snapshot = (message: Snapshot): void => {
    awaitsSnapshot = false
    link.seq = message.seq
    options.onSnapshot(message.topics, message.seq)
    reachHead()
    changed()
  }

  /** Joins again with what is here, to get the rest; until then it knows that it is behind, and may not say live. */
  const rejoin = (): void => {
    if (link.state !== 'lost') link.state = 'connecting'
    changed()
    retry()
  }

  /** Something on the way was lost. */
  const missed = (): void => {
    link.gap += 1
    rejoin()
  }

  const events = (message: Events): void => {
    if (awaitsSnapshot) return
    if (message.to <= link.seq) {
      link.dup += 1
      return
    }
    if (message.from !== link.seq + 1) {
      if (message.from > link.seq) return missed()
      link.reorder += 1
      rejoin()
      return
    }
    link.seq = message.to
    options.onEvents(message.events, message.to)
    reachHead()
  }

  /** How long the machine has slept since the last look, ms: the clock that never jumps may have stood still meanwhile. */
  const sleptMs = (now: number): number => {
    const nowAheadMs = (options.now?.() ?? now) - now
    const jumpMs = nowAheadMs - (aheadMs ?? nowAheadMs)
    aheadMs = nowAheadMs
    return jumpMs >= lostAfterMs ? jumpMs : 0
  }

  const look = (): void => {
    const now = options.monotonic()
    const slept = sleptMs(now)
    heardAtMs -= slept
    patientFromMs -= slept
    // before the server's clock is reckoned on: it was lost when the sleep began, and a clock that was set is no sleep
    judgeAge()
    offsetsMs = offsetsMs.map((offsetMs) => offsetMs + slept)
    bestOffsetMs += slept
    joinedAtMs -= slept
    askedAtMs -= slept
    // promised, and on its way: over a narrow line nothing else comes meanwhile, and the next try needs longer
    if (isBehind && now - joinedAtMs < patienceMs) return
    if (isBehind) patienceMs = Math.min(2 * patienceMs, patienceAtMostMs)
    else {
      // a socket that is silent for so long is dead; one that brings old words for as long may never catch up
      const waitedFromMs = oldFromMs === null ? patientFromMs : Math.min(patientFromMs, oldFromMs)
      if (!socket || now - waitedFromMs < lostAfterMs) return
    }
    patientFromMs = now
    retry()
  }

  const heard = (): void => {
    if (isWelcomed) patientFromMs = options.monotonic()
  }

  /** Takes one frame in. One that cannot be read is no sign of life, and what is here is then not to be built on. */
  const take = (read: () => boolean): void => {
    try {
      if (read()) {
        heard()
        return
      }
    } catch {
      // half taken in is worse than not: both are mended by a snapshot
    }
    awaitsSnapshot = true
    missed()
  }

  const receive = (message: Down | null): boolean => {
    if (message === null) return false
    if (message.kind === 'welcome') welcome(message)
    else if (message.kind === 'bye') {
      retryAfterMs = Math.min(message.retryAfterMs, awayAtMostMs)
      link.bye = { code: message.code, reason: message.reason }
      changed()
    } else if (!isWelcomed) return true
    else if (message.kind === 'snapshot') snapshot(message)
    else if (message.kind === 'events') events(message)
    else if (message.kind === 'units') options.onUnits(message)
    else if (message.kind === 'served') options.onServed(message)
    else if (message.kind === 'heartbeat') {
      learnTime(message.serverTime)
      link.recording = message.recording
      link.faults = message.faults
      judgeAge()
      if (link.state === 'lost' && oldFromMs === null) enter('catching-up')
      if (!awaitsSnapshot && message.seq > link.seq) missed()
      else {
        reachHead()
        changed()
      }
    }
    return true
  }

  const connect = (): void => {
    isWelcomed = false
    const own: Socket = options.open({
      opened() {
        if (socket !== own) return
        const hello: Hello = {
          kind: 'hello',
          protocol: protocolVersion,
          audience: options.audience,
        }
        // promised a snapshot that never came: what is here may be of another epoch
        if (link.epoch !== null && !awaitsSnapshot)
          hello.resume = { epoch: link.epoch, seq: link.seq }
        askedAtMs = options.monotonic()
        own.send(JSON.stringify(hello))
      },
      text(text) {
        if (socket !== own) return
        look()
        if (socket === own) take(() => receive(readDown(text)))
      },
      bytes(bytes) {
        if (socket !== own) return
        look()
        if (socket !== own) return
        take(() => {
          options.onTracks(bytes)
          return true
        })
      },
      closed() {
        if (socket !== own) return
        // not lost yet: what is shown is seconds old, and the next socket may be open at once
        if (link.state !== 'lost') enter('connecting')
        retry()
      },
    })
    socket = own
    // it has not had its time yet, however long the ones before it were silent
    patientFromMs = options.monotonic()
    askedAtMs = patientFromMs
    oldFromMs = null
  }

  return {
    start() {
      connect()
      stopBeat = options.every(beatEveryMs, beat)
      stopWatch = options.every(500, look)
    },
    stop() {
      stopWatch?.()
      stopBeat?.()
      cancelRetry?.()
      cancelRetry = null
      leave()
    },
    look,
    serverNow,
    silentMs,
  }
}
