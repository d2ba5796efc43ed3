import type { EventDefinitions } from '#protocol/definition.ts'
import { type Audience, audiences, type FeedEvent } from '#protocol/event.ts'
import {
  closeCodes,
  type Fault,
  type Heartbeat,
  heartbeatEveryMs,
  protocolVersion,
  resumeLimit,
} from '#protocol/feed.ts'
import type { Topic } from '#protocol/topic.ts'
import type { Projection } from '../projection/projection.ts'
import type { Lane } from '../tracks/lane.ts'
import type { Turns } from '../turns.ts'
import type { Clock, Log } from '../world.ts'
import type { FeedEpoch } from './feed-epoch.ts'
import { createLens } from './lens.ts'
import { readUp } from './read-up.ts'
import { createRecent, encodeEvents, encodeFrame, type Frame } from './recent.ts'
import type { Screens } from './screens.ts'
import { createServedCast } from './served-cast.ts'
import {
  type Allowance,
  type Connection,
  createSession,
  defaultAllowance,
  type Sent,
  type Session,
} from './session.ts'
import { createSharedFrames } from './shared-frames.ts'
import { createTrackCast } from './track-cast.ts'

/** What is committed sooner than this after the last that was told waits, and shares a frame with what comes meanwhile. */
const gatherMs = 20
const helloWithinMs = 10_000

/** Who may see where the centre's units are. */
const mayWatch = (audience: Audience | null): boolean => audience !== null && audience !== 'visitor'

/** What carries a screen's words to the hub. */
export interface Joined {
  text(text: string): void
  /** `withoutWord`: nobody answered at the other end */
  closed(withoutWord?: boolean): void
}

export interface Hub {
  join(connection: Connection): Joined
  readonly clients: number
  /** clients by audience; `none` has not said hello yet */
  clientsBy(): ReadonlyMap<string, number>
  /** totals since the server's start */
  readonly counted: Readonly<HubCounts>
  /** what it cannot send */
  faults(): Fault[]
  /** Says bye to everybody. */
  close(): void
}

export interface HubCounts extends Sent {
  resumed: number
  /** newcomers who were given a snapshot, and how many of those had to be made */
  snapshots: number
  snapshotsBuilt: number
  /** screens that were let go because they could not keep up */
  slowEvictions: number
  /** messages that the server failed on */
  failures: number
}

export interface HubOptions {
  clock: Clock
  log: Log
  epoch: FeedEpoch
  projection: Projection
  lane: Lane
  topics: readonly Topic[]
  definitions: EventDefinitions
  /** what the heartbeat says of the server itself */
  condition(): { recording: boolean; faults: Fault[] }
  screens: Screens
  /** in which rows are told */
  turns: Turns
  allowance?: Allowance
  /** as `resumeLimit` of the protocol; patched down by simulations */
  resumeLimit?: number
}

/**
 * Gives every screen one state and then every event after it, without a gap: all in one thread, so
 * that reading the position, taking the state and going live is one step.
 * Each message is encoded once per audience, however many screens there are.
 */
export const createHub = (options: HubOptions): Hub => {
  const { clock, log, epoch, projection, topics, condition } = options
  const allowance = options.allowance ?? defaultAllowance
  const resumeAtMost = options.resumeLimit ?? resumeLimit
  const sessions = new Set<Session>()
  const recent = createRecent(projection.seq, 2 * resumeAtMost)
  const cast = createTrackCast({
    clock,
    lane: options.lane,
    watching: () => Array.from(sessions).filter(({ audience }) => mayWatch(audience)),
  })
  const see = createLens(options.definitions, topics)
  const shared = createSharedFrames({
    clock,
    projection,
    topics,
    see,
    recent,
    turns: options.turns,
    beforeSnapshot: () => publish(),
  })
  /** said hello, and their snapshot is being made */
  const joining = new WeakSet<Session>()
  const served = createServedCast({
    clock,
    log,
    projection,
    topics,
    watching: (audience) => Array.from(sessions).filter((each) => each.audience === audience),
  })
  let publishedSeq = projection.seq
  let publishedAtMs = Number.NEGATIVE_INFINITY
  let pending: FeedEvent[] = []
  let cancelPublish: (() => void) | null = null
  const counted: Omit<HubCounts, 'snapshotsBuilt'> = {
    sentFrames: 0,
    sentBytes: 0,
    trackFrames: 0,
    resumed: 0,
    snapshots: 0,
    slowEvictions: 0,
    failures: 0,
  }

  const heartbeat = (audience: Audience | null): Frame => {
    const { recording, faults } = condition()
    const message: Heartbeat = {
      kind: 'heartbeat',
      serverTime: clock.now(),
      seq: publishedSeq,
      recording,
      // whoever is walked past is not told what is wrong with the house
      faults: audience === null || audience === 'visitor' ? [] : faults,
    }
    return encodeFrame(message)
  }

  const publish = (): void => {
    cancelPublish?.()
    cancelPublish = null
    if (projection.seq === publishedSeq) return
    const from = publishedSeq + 1
    publishedSeq = projection.seq
    publishedAtMs = clock.monotonic()
    const events = pending
    pending = []
    shared.moved(publishedSeq)
    const framesOf = new Map<Audience, Frame[]>()
    for (const session of sessions) {
      const { audience } = session
      if (audience === null) continue
      const frames =
        framesOf.get(audience) ?? encodeEvents(see, audience, events, from, publishedSeq)
      framesOf.set(audience, frames)
      for (const frame of frames) session.send(frame)
    }
  }

  projection.onApplied((events) => {
    recent.add(events)
    pending.push(...events)
    // never within the commit itself: whoever waits for its acknowledgement is answered first
    const sinceMs = clock.monotonic() - publishedAtMs
    cancelPublish ??= clock.after(Math.max(0, gatherMs - sinceMs), publish)
  })

  /** One screen's greeting must not end the server for all. */
  const attempt = (session: Session, work: () => void): void => {
    try {
      work()
    } catch (fault) {
      counted.failures += 1
      log.error("The feed failed on a screen's message", { fault: String(fault) })
      session.bye(closeCodes.failed, 'the server failed here; its log says how', 10_000)
    }
  }

  const welcome = (
    session: Session,
    audience: Audience,
    resume?: { epoch: string; seq: number },
  ): void => {
    publish()
    const missed = publishedSeq - (resume?.seq ?? 0)
    const isShared = resume !== undefined && epoch.isShared(resume.epoch, resume.seq)
    const canResume = isShared && missed >= 0 && missed <= resumeAtMost
    const resumed = canResume ? shared.catchUp(audience, resume.seq) : null
    const shownSeq = isShared ? resume.seq : 0
    const fresh = resumed ? null : shared.snapshotFor(audience, shownSeq)
    if (!resumed && !fresh) {
      joining.add(session)
      return shared.makeSnapshot(audience, (fault) => {
        joining.delete(session)
        if (!sessions.has(session)) return
        attempt(session, () => {
          if (fault !== undefined) throw fault
          welcome(session, audience, resume)
        })
      })
    }
    const mode = resumed ? 'resumed' : 'snapshot'
    if (resumed) counted.resumed += 1
    else counted.snapshots += 1
    session.send(
      encodeFrame({
        kind: 'welcome',
        epoch: epoch.own,
        seq: publishedSeq,
        serverTime: clock.now(),
        mode,
      }),
    )
    if (fresh) session.sendSnapshot(fresh.frame)
    for (const frame of resumed ?? fresh?.after ?? []) session.send(frame)
    served.greet(session, audience)
    session.send(heartbeat(audience))
    if (mayWatch(audience)) cast.greet(session)
    session.audience = audience
  }

  const hear = (session: Session, text: string): void => {
    if (!session.mayTalk()) {
      return session.bye(closeCodes.tooManyMessages, 'too many messages a minute', 10_000)
    }
    const message = readUp(text)
    if (message === null) {
      return session.bye(
        closeCodes.badMessage,
        'not a message of this feed; see docs/feed.md',
        10_000,
      )
    }
    if (message.kind === 'ping') return session.send(heartbeat(session.audience))
    if (message.kind === 'beat') {
      if (session.audience === null || options.screens.beat(session, message)) return
      return session.bye(closeCodes.badMessage, 'one socket is one page', 10_000)
    }
    if (session.audience !== null || joining.has(session)) {
      return session.bye(closeCodes.badMessage, 'said hello already', 10_000)
    }
    if (message.protocol !== protocolVersion) {
      return session.bye(
        closeCodes.wrongProtocol,
        `this server speaks protocol ${protocolVersion}`,
        60_000,
      )
    }
    const audience = audiences.find((each) => each === message.audience)
    if (!audience) {
      return session.bye(
        closeCodes.audienceRefused,
        `no such audience here: ${audiences.join(', ')}`,
        60_000,
      )
    }
    welcome(session, audience, message.resume)
  }

  const stopHeart = clock.every(heartbeatEveryMs, () => {
    const frameOf = new Map<Audience, Frame>()
    for (const session of sessions) {
      const { audience } = session
      if (audience === null) continue
      const frame = frameOf.get(audience) ?? heartbeat(audience)
      frameOf.set(audience, frame)
      session.send(frame)
    }
  })

  return {
    join(connection) {
      const session = createSession({
        clock,
        connection,
        sent: counted,
        allowance,
        keyFrames: cast.keyFrames,
        onOver(over, wasTooSlow) {
          sessions.delete(over)
          options.screens.left(over, wasTooSlow)
          if (!wasTooSlow) return
          counted.slowEvictions += 1
          log.warn('A screen was too slow and was let go', { audience: over.audience })
        },
      })
      sessions.add(session)
      const cancelHello = clock.after(helloWithinMs, () => {
        if (session.audience === null && !joining.has(session))
          session.bye(closeCodes.helloTimeout, 'no hello within 10 s', 5000)
      })
      return {
        text: (text) => {
          if (!sessions.has(session)) return
          attempt(session, () => hear(session, text))
        },
        closed(withoutWord = false) {
          cancelHello()
          sessions.delete(session)
          options.screens.left(session, withoutWord)
        },
      }
    },
    faults: () => served.faults(),
    get clients() {
      return sessions.size
    },
    clientsBy() {
      const clients = new Map<string, number>([...audiences, 'none'].map((each) => [each, 0]))
      for (const { audience } of sessions) {
        const key = audience ?? 'none'
        clients.set(key, clients.get(key)! + 1)
      }
      return clients
    },
    get counted() {
      return { ...counted, snapshotsBuilt: shared.built }
    },
    close() {
      publish()
      stopHeart()
      served.stop()
      for (const session of [...sessions])
        session.bye(closeCodes.goingAway, 'the server stops', 1000)
    },
  }
}
