import type { Audience, FeedEvent } from '#protocol/event.ts'
import { type Hello, lostAfterMs, type ServedTopics } from '#protocol/feed.ts'
import type { States } from '#protocol/fold.ts'
import { createFeedClient, type FeedClient, type FeedClientOptions } from '#web/feed/client.ts'
import type { Link } from '#web/feed/link.ts'
import { readUp } from '../../server/feed/read-up.ts'
import { strictFold } from '../journal-fold.ts'
import type { Book } from './book.ts'
import { type Process, startProcess } from './process.ts'
import { brokenWords } from './shape.ts'
import type { Stage } from './stage.ts'
import type { Port, Transport } from './transport.ts'
import { must } from './violation.ts'

/** The client looks twice a second; the rest is for rounding, ms. */
const lookedAtMs = 510

/** Commits that come this close together share a frame, and time passes in steps, ms. */
const publishedWithinMs = 100

/** One page: the wall's own client, its fold, and everything that it must never do. */
export interface Screen {
  name: string
  audience: Audience
  page: Process
  port: Port
  states: States
  served: Record<string, unknown>
  seq: number
  readonly link: Link | null
  /** what the server's clock says, as it believes it */
  serverNow(): number | null
  /** What must be so whenever nothing is in the middle of something. */
  check(headSeq: number | null): void
  stop(): void
}

export interface ScreenCounts {
  snapshots: number
  resumed: number
  reconnects: number
  lost: number
  events: number
  checker: number
}

const folds = {
  wall: strictFold('wall'),
  shared: strictFold('shared'),
  visitor: strictFold('visitor'),
} as const

/** The feed tells which run of the server it is too. */
const journalOf = (epoch: string): string => epoch.split('.', 1)[0]!

export const openScreen = (options: {
  stage: Stage
  transport: Transport
  book: Book
  name: string
  audience: Audience
  counted: ScreenCounts
}): Screen => {
  const { stage, book, name, audience, counted } = options
  const { world, trace } = stage
  const fold = folds[audience]
  const keepsWord = brokenWords.every((kind) => stage.shape.rates[kind] === 0)
  const page = startProcess(world)
  const { clock } = page.world
  let link: Link | null = null
  let askedFor: Hello['resume'] | null = null
  /** of the book, that is on the screen */
  let shownPage = book.page
  /** that the line leads to */
  let linePage = shownPage
  let wokeAtMs = 0
  let heardAtMs = clock.monotonic()
  let beatSeq = 0
  /** what the server had folded at some moment, which this screen did not have yet */
  let owed: { seq: number; sinceMs: number } | null = null

  const port = options.transport({
    name,
    page,
    onHello(text) {
      // one that was cut asks for nothing
      const hello = readUp(text)
      if (hello?.kind === 'hello') askedFor = hello.resume ?? null
    },
    onText(text, pageThere) {
      heardAtMs = clock.monotonic()
      linePage = pageThere
      if (text.startsWith('{"kind":"heartbeat"'))
        beatSeq = (JSON.parse(text) as { seq: number }).seq
      if (!text.startsWith('{"kind":"welcome"')) return
      beatSeq = 0
      const { epoch: welcomed, mode } = JSON.parse(text) as { epoch: string; mode: string }
      if (mode !== 'resumed') return
      counted.resumed += 1
      must(
        !!askedFor &&
          journalOf(askedFor.epoch) === journalOf(welcomed) &&
          book.isSame(shownPage, linePage, askedFor.seq),
        'nobody resumes on another journal',
        () => ({ name, askedFor, welcomed, shownPage, linePage }),
      )
      shownPage = linePage
    },
  })

  const screen: Screen = {
    name,
    audience,
    page,
    port,
    states: fold.fresh(),
    served: {},
    seq: 0,
    get link() {
      return link
    },
    serverNow: () => client.serverNow(),
    check(headSeq) {
      if (page.isFrozen || !link) {
        wokeAtMs = clock.monotonic()
        return
      }
      const now = clock.monotonic()
      const silentMs = now - Math.max(heardAtMs, wokeAtMs)
      must(
        silentMs < lostAfterMs + lookedAtMs || link.state === 'lost',
        'a screen that hears nothing says so',
        () => ({ name, silentMs, link }),
      )
      if (link.state !== 'live') {
        owed = null
        return
      }
      const { seq } = screen
      must(seq >= beatSeq, 'a screen that knows it is behind does not say live', () => ({
        name,
        link,
        seq,
        beatSeq,
      }))
      if (headSeq === null || now < port.troubledUntilMs) owed = null
      else if (!owed || owed.seq <= seq)
        owed = headSeq > seq ? { seq: headSeq, sinceMs: now } : null
      const owedMs = owed ? now - owed.sinceMs : 0
      must(
        !keepsWord || owedMs < publishedWithinMs + 2 * stage.shape.latencyMs,
        'a screen on a line that keeps its word is not behind for long',
        () => ({ name, seq, owed, owedMs }),
      )
    },
    stop() {
      counted.reconnects += link?.reconnects ?? 0
      counted.checker += link ? link.gap + link.dup + link.reorder : 0
      client.stop()
      page.kill()
    },
  }

  const onEvents = (events: readonly FeedEvent[], to: number): void => {
    const rows = book.rowsOf(shownPage)
    must(to <= rows.length, 'nothing is shown that is not kept', () => ({
      name,
      to,
      kept: rows.length,
    }))
    let next = 0
    for (let seq = screen.seq + 1; seq <= to; seq++) {
      const text = book.textFor(rows[seq - 1]!, audience)
      if (text === null) continue
      const event = events[next]
      next += 1
      must(
        event !== undefined && JSON.stringify(event) === text,
        'a screen is given every event once, in order, as its audience may have it',
        () => ({ name, seq, event, text }),
      )
      fold.apply(screen.states, event!)
    }
    must(
      next === events.length,
      'a screen is given every event once, in order, as its audience may have it',
      () => ({ name, to, more: events.slice(next) }),
    )
    counted.events += events.length
    screen.seq = to
  }

  const clientOptions = stage.overhear<FeedClientOptions>('client', {
    monotonic: clock.monotonic,
    after: clock.after,
    every: clock.every,
    open: (events) => port.open(events),
    audience,
    random: () => world.random.next(),
    beat: () => ({ screen: name, drawnAgoMs: 0, isVisible: true }),
    onSnapshot(encoded, seq) {
      counted.snapshots += 1
      must(
        seq >= screen.seq || !book.isSame(shownPage, linePage, screen.seq),
        'a screen never goes back within a journal',
        () => ({ name, shownPage, linePage, from: screen.seq, seq }),
      )
      must(seq <= book.rowsOf(linePage).length, 'nothing is shown that is not kept', () => ({
        name,
        seq,
      }))
      shownPage = linePage
      screen.states = fold.decode(encoded)
      screen.seq = seq
    },
    onEvents,
    onUnits: () => {},
    onServed({ topics }: ServedTopics) {
      Object.assign(screen.served, topics)
    },
    onTracks: () => {},
    onLink(next) {
      if (next.state !== link?.state) {
        trace.note(`${name} is ${next.state} at ${next.seq}`)
        if (next.state === 'lost') counted.lost += 1
      }
      link = next
    },
  })
  const client: FeedClient = createFeedClient(clientOptions)
  client.start()
  return screen
}
