import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Fault, Served } from '#protocol/feed.ts'
import type { Figure } from '#protocol/figure.ts'
import { createFold, type States } from '#protocol/fold.ts'
import { isServed as isServedTo } from '#protocol/served.ts'
import { ownSource, type Standing } from '#protocol/source.ts'
import type { Topic } from '#protocol/topic.ts'
import { createFeedClient, type FeedClientOptions } from '#web/feed/client.ts'
import type { Link } from '#web/feed/link.ts'
import { oncePerFrame, type Ticker } from './frame.ts'
import { type Belief, beliefOf as believe } from './freshness.ts'
import { createTrackStore, type Tracks } from './tracks.ts'

/** What all of one picture was computed from. */
export interface Frame {
  epoch: string | null
  seq: number
  /** the server's clock, ms; stands still while the link is lost; null before the first word */
  nowMs: number | null
}
/** A source, when its last event came, ms, and how far it can be believed. */
export interface HeardSource extends Belief {
  source: string
}
export interface WallOptions {
  topics: readonly Topic[]
  audience: string
  /** what this screen is called where faults are told; may be empty */
  screen?: string
  /** false: the page is in the background, where nobody reads it */
  isVisible?(): boolean
  /** calls when the page comes back from the background, or from being frozen */
  onShown?(task: () => void): () => void
  open: FeedClientOptions['open']
  ticker: Ticker
  random(): number
}

const secondMs = 1000
export const minuteMs = 60 * secondMs

/**
 * The only live state of a screen: one fold per topic. Events are folded as they come; what is drawn
 * changes at most once per picture, all of it together.
 */
export const useWall = defineStore('wall', () => {
  const link = shallowRef<Link | null>(null)
  const frame = shallowRef<Frame>({ epoch: null, seq: 0, nowMs: null })
  const awaitsFirst = shallowRef(true)
  /** when the server last spoke, by its own clock, ms */
  const lastWordMs = shallowRef<number | null>(null)
  /** what that makes it now by this screen's reckoning, ms: goes on while the link is lost */
  const reckonedMs = shallowRef<number | null>(null)
  const topics = shallowRef<readonly Topic[]>([])
  const ownFaults = shallowRef<readonly Fault[]>([])
  const foldedAt = shallowRef(0)
  let trackStore = createTrackStore()
  const tracks = shallowRef<Tracks>(trackStore.now())
  let states: States = new Map()
  let lookNow = () => {}
  let options: WallOptions | null = null
  let leave = () => {}

  const minute = computed(() => {
    const now = frame.value.nowMs ?? 0
    return now - (now % minuteMs)
  })

  /** topics that the server serves to this audience, whose events it does not get */
  const servedTopics = shallowRef<ReadonlySet<string>>(new Set())
  const served = shallowRef<ReadonlyMap<string, Served>>(new Map())
  /** whom this screen is for; empty before it starts */
  const audience = shallowRef('')
  const isServed = (topicName: string): boolean => servedTopics.value.has(topicName)

  const topicFaults = computed(() =>
    topics.value.flatMap((topic) =>
      isServed(topic.name)
        ? (served.value.get(topic.name)?.faults ?? [])
        : (topic.faults?.(stateOf(topic.name)) ?? []),
    ),
  )
  const faults = computed(() => [
    ...(link.value?.faults ?? []),
    ...ownFaults.value,
    ...topicFaults.value,
  ])

  /** The state of a topic as of the picture that is being drawn; do not change it. */
  const stateOf = (name: string): unknown => {
    void foldedAt.value
    if (!states.has(name)) throw new Error(`there is no topic ${name}`)
    return states.get(name)
  }

  const topicOf = (name: string): Topic => {
    const topic = topics.value.find((one) => one.name === name)
    if (!topic) throw new Error(`there is no topic ${name}`)
    return topic
  }

  const figureOf = (topicName: string, figureName: string): Figure => {
    const select = topicOf(topicName).figures[figureName]!
    // without what is served, a figure of nothing says "no data"
    if (!isServed(topicName)) return select(stateOf(topicName), minute.value)
    const figure = served.value.get(topicName)?.figures[figureName]
    return figure ?? select(topicOf(topicName).initial(), minute.value)
  }

  const heardOf = (topicName: string): ReadonlyMap<string, number> =>
    isServed(topicName)
      ? new Map(Object.entries(served.value.get(topicName)?.heard ?? {}))
      : topicOf(topicName).heard(stateOf(topicName))

  const standings = computed(
    (): ReadonlyMap<string, Standing> =>
      new Map(
        topics.value.flatMap(({ name, sources }) =>
          isServed(name)
            ? Object.entries(served.value.get(name)?.sources ?? {})
            : Array.from(sources?.(stateOf(name)) ?? []),
        ),
      ),
  )

  const believeIn = (
    sources: ReadonlyMap<string, number>,
    staleAfterMs: number,
    isBySilence = true,
  ): Belief => {
    const belief = believe({
      link: link.value?.state ?? 'connecting',
      awaitsFirst: awaitsFirst.value,
      sources,
      standings: standings.value,
      staleAfterMs,
      nowMs: frame.value.nowMs ?? 0,
    })
    const isLive = belief.freshness === 'silent' && !isBySilence
    return isLive ? { ...belief, freshness: 'live', silent: [] } : belief
  }

  /** How far what rests on some sources of a topic can be believed; on all of them, when none are named. */
  const beliefOf = (topicName: string, only: readonly string[] = []): Belief => {
    const heard = heardOf(topicName)
    const { staleAfterMs, sources } = topicOf(topicName)
    const some = Array.from(heard).filter(([source]) => only.includes(source))
    // who looks after the sources says himself which are silent, and is no less right for it
    return believeIn(some.length > 0 ? new Map(some) : heard, staleAfterMs, sources === undefined)
  }

  const heardSources = computed((): HeardSource[] => {
    const bySource = new Map<string, { heardAt: number; staleAfterMs: number }>()
    for (const { name, staleAfterMs } of topics.value) {
      for (const [source, heardAt] of heardOf(name)) {
        const known = bySource.get(source)
        if (source === ownSource || (known && known.heardAt >= heardAt)) continue
        bySource.set(source, { heardAt, staleAfterMs })
      }
    }
    return Array.from(bySource, ([source, { heardAt, staleAfterMs }]) => ({
      source,
      ...believeIn(new Map([[source, heardAt]]), staleAfterMs),
    })).sort((a, b) => (a.source < b.source ? -1 : 1))
  })

  /** Forgets all that was folded, served and heard for an audience, in this instant. */
  const forget = (): void => {
    link.value = null
    frame.value = { epoch: null, seq: 0, nowMs: null }
    awaitsFirst.value = true
    lastWordMs.value = null
    reckonedMs.value = null
    ownFaults.value = []
    served.value = new Map()
    trackStore = createTrackStore()
    tracks.value = trackStore.now()
  }

  /** Joins the feed for an audience and keeps the screen in step until the result is called. */
  const join = (options: WallOptions): (() => void) => {
    const { topics: list, open, ticker, random } = options
    const fold = createFold(
      list,
      (topic, event, fault) => {
        console.error(`${topic} cannot fold ${event.type} (seq ${event.seq})`, fault)
        const id = `fold:${topic}`
        const since = unfoldable.find((one) => one.id === id)?.since ?? event.seenAt
        const message = `${topic}: ${event.type} ${event.seq}`
        const own: Fault = { id, severity: 'error', message, tip: 'reload', since }
        unfoldable = [...unfoldable.filter((one) => one.id !== id), own]
      },
      options.audience,
    )
    topics.value = list
    audience.value = options.audience
    servedTopics.value = new Set(
      list.filter((topic) => isServedTo(topic, options.audience)).map(({ name }) => name),
    )
    states = fold.fresh()
    foldedAt.value += 1
    let hasLeft = false
    let folded = foldedAt.value
    let seq = 0
    let newest: Link | null = null
    let unfoldable: readonly Fault[] = []
    let hasMoved = false
    let newestServed = new Map<string, Served>()
    let drawnAtMs = ticker.monotonic()

    const publish = () => {
      if (hasLeft) return
      // no timer may have run for long, and what is drawn now must not look live for that
      client.look()
      link.value = newest
      ownFaults.value = unfoldable
      const reckoned = client.serverNow()
      reckonedMs.value = reckoned === null ? null : Math.floor(reckoned)
      lastWordMs.value = reckoned === null ? null : Math.floor(reckoned - client.silentMs())
      const nowMs = link.value?.state === 'lost' ? frame.value.nowMs : reckonedMs.value
      frame.value = { epoch: link.value?.epoch ?? null, seq, nowMs }
      foldedAt.value = folded
      served.value = newestServed
      if (hasMoved) tracks.value = trackStore.now()
      hasMoved = false
    }
    const publishSoon = oncePerFrame(publish, ticker)

    const client = createFeedClient({
      open,
      audience: options.audience,
      monotonic: ticker.monotonic,
      now: ticker.now,
      after: ticker.after,
      every: ticker.every,
      random,
      onSnapshot(encoded, to) {
        states = fold.decode(encoded)
        unfoldable = []
        awaitsFirst.value = false
        seq = to
        folded += 1
        publishSoon()
      },
      onEvents(events, to) {
        for (const event of events) fold.apply(states, event)
        seq = to
        folded += 1
        publishSoon()
      },
      onServed({ topics: some }) {
        newestServed = new Map([...newestServed, ...Object.entries(some)])
        publishSoon()
      },
      beat: () => ({
        screen: options.screen ?? '',
        drawnAgoMs: Math.round(ticker.monotonic() - drawnAtMs),
        isVisible: options.isVisible?.() ?? true,
      }),
      onUnits(units) {
        trackStore.name(units)
        hasMoved = true
        publishSoon()
      },
      onTracks(bytes) {
        trackStore.take(bytes)
        hasMoved = true
        publishSoon()
      },
      onLink(changed) {
        newest = changed
        publishSoon()
      },
    })

    const look = () => {
      const shownMs = reckonedMs.value ?? Number.POSITIVE_INFINITY
      client.look()
      const isBehind = (client.serverNow() ?? 0) - shownMs > 2 * secondMs
      if (isBehind || link.value?.state !== newest?.state) publish()
    }
    lookNow = look
    const stopShown = options.onShown?.(publish)

    /** Each second of the server's clock, just after it began. */
    const tick = () => {
      publish()
      // a page that is not drawn any more is told by this alone: its timers go on
      cancelDraw()
      cancelDraw = ticker.nextFrame(() => {
        drawnAtMs = ticker.monotonic()
        look()
      })
      const now = reckonedMs.value ?? 0
      cancelTick = ticker.after(secondMs - (now % secondMs) + 5, tick)
    }
    let cancelDraw = () => {}
    let cancelTick = ticker.after(secondMs, tick)
    client.start()
    return () => {
      hasLeft = true
      cancelTick()
      cancelDraw()
      stopShown?.()
      lookNow = () => {}
      client.stop()
    }
  }

  /** Keeps the screen in step until the result is called. */
  const start = (given: WallOptions): (() => void) => {
    options = given
    leave = join(given)
    return () => leave()
  }

  /** The same screen for others: nothing that was told to the former is kept, and the server tells what these may have. */
  const switchAudience = (to: string): void => {
    if (!options || to === audience.value) return
    leave()
    forget()
    leave = join({ ...options, audience: to })
  }

  return {
    link,
    frame,
    minute,
    awaitsFirst,
    lastWordMs,
    reckonedMs,
    faults,
    tracks,
    heardSources,
    topics,
    audience,
    isServed,
    figureOf,
    beliefOf,
    standings,
    stateOf,
    topicOf,
    /** To be called in a picture that is drawn for another reason than the store's: what is old must not look live in it. */
    look: () => lookNow(),
    start,
    switchAudience,
  }
})
