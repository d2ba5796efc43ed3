import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Fault } from '#protocol/feed.ts'
import { createFold, type States } from '#protocol/fold.ts'
import type { Topic } from '#protocol/topic.ts'
import { createFeedClient, type FeedClientOptions } from '#web/feed/client.ts'
import type { Link } from '#web/feed/link.ts'
import { oncePerFrame, type Ticker } from './frame.ts'
import { createTrackStore, type Tracks } from './tracks.ts'

/** What all of one picture was computed from. */
export interface Frame {
  epoch: string | null
  seq: number
  /** the server's clock, ms; stands still while the link is lost; null before the first word */
  nowMs: number | null
}
/** A source, and when it was last heard, ms. */
export interface HeardSource {
  source: string
  heardAt: number
  staleAfterMs: number
}
export interface WallOptions {
  topics: readonly Topic[]
  audience: string
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
  const trackStore = createTrackStore()
  const tracks = shallowRef<Tracks>(trackStore.now())
  let states: States = new Map()

  const minute = computed(() => {
    const now = frame.value.nowMs ?? 0
    return now - (now % minuteMs)
  })

  const faults = computed(() => [...(link.value?.faults ?? []), ...ownFaults.value])

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

  const heardSources = computed((): HeardSource[] => {
    const bySource = new Map<string, HeardSource>()
    for (const topic of topics.value) {
      for (const [source, heardAt] of topic.heard(stateOf(topic.name))) {
        const known = bySource.get(source)
        if (known && known.heardAt >= heardAt) continue
        bySource.set(source, { source, heardAt, staleAfterMs: topic.staleAfterMs })
      }
    }
    return Array.from(bySource.values()).sort((a, b) => (a.source < b.source ? -1 : 1))
  })

  /** Joins the feed and keeps the screen in step until the result is called. */
  const start = ({ topics: list, audience, open, ticker, random }: WallOptions): (() => void) => {
    const fold = createFold(list, (topic, event, fault) => {
      console.error(`${topic} cannot fold ${event.type} (seq ${event.seq})`, fault)
      const id = `fold:${topic}`
      const since = unfoldable.find((one) => one.id === id)?.since ?? event.seenAt
      const message = `${topic}: ${event.type} ${event.seq}`
      const own: Fault = { id, severity: 'error', message, tip: 'reload', since }
      unfoldable = [...unfoldable.filter((one) => one.id !== id), own]
    })
    topics.value = list
    states = fold.fresh()
    let folded = 0
    let seq = 0
    let newest: Link | null = null
    let lastWord: number | null = null
    let unfoldable: readonly Fault[] = []
    let hasMoved = false

    const publish = () => {
      link.value = newest
      lastWordMs.value = lastWord
      ownFaults.value = unfoldable
      const reckoned = client.serverNow()
      reckonedMs.value = reckoned === null ? null : Math.floor(reckoned)
      const nowMs = link.value?.state === 'lost' ? frame.value.nowMs : reckonedMs.value
      frame.value = { epoch: link.value?.epoch ?? null, seq, nowMs }
      foldedAt.value = folded
      if (hasMoved) tracks.value = trackStore.now()
      hasMoved = false
    }
    const publishSoon = oncePerFrame(publish, ticker)
    const heardWord = () => {
      lastWord = client.serverNow()
      publishSoon()
    }

    const client = createFeedClient({
      open,
      audience,
      monotonic: ticker.monotonic,
      after: ticker.after,
      every: ticker.every,
      random,
      onSnapshot(encoded, to) {
        states = fold.decode(encoded)
        unfoldable = []
        awaitsFirst.value = false
        seq = to
        folded += 1
        heardWord()
      },
      onEvents(events, to) {
        for (const event of events) fold.apply(states, event)
        seq = to
        folded += 1
        heardWord()
      },
      onUnits(units) {
        trackStore.name(units)
        hasMoved = true
        heardWord()
      },
      onTracks(bytes) {
        trackStore.take(bytes)
        hasMoved = true
        heardWord()
      },
      onLink(changed) {
        newest = changed
        if (changed.state === 'lost') publishSoon()
        else heardWord()
      },
    })

    /** Each second of the server's clock, just after it began. */
    const tick = () => {
      publish()
      const now = reckonedMs.value ?? 0
      cancelTick = ticker.after(secondMs - (now % secondMs) + 5, tick)
    }
    let cancelTick = ticker.after(secondMs, tick)
    client.start()
    return () => {
      cancelTick()
      client.stop()
    }
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
    stateOf,
    topicOf,
    start,
  }
})
