import { type Audience, audiences } from '#protocol/event.ts'
import { type Down, heartbeatEveryMs, type Served, type Up } from '#protocol/feed.ts'
import { createFold, type States } from '#protocol/fold.ts'
import { sceneNow } from '#protocol/scene.ts'
import { isServed, servedOf } from '#protocol/served.ts'
import { encodeState } from '#protocol/snapshot.ts'
import type { Topic } from '#protocol/topic.ts'
import { encodeTracks } from '#protocol/track-frame.ts'
import type { SocketEvents } from '#web/feed/client.ts'
import type { Ticker } from '#web/store/frame.ts'
import type { WallWorld } from '#web/wall/mount-wall.ts'
import { fixtureTicker } from './fixture-clock.ts'
import { fixtureUnits } from './fixture-units.ts'
import { heardBy, mixScene, type SceneName, type ScenesByTopic } from './told-scenes.ts'

export interface Fixture {
  topics: readonly Topic[]
  scenes: ScenesByTopic
  scene: SceneName
  /** the clock stands still at the scene's now */
  isFrozen: boolean
}

const audienceOf = (name: string): Audience => audiences.find((each) => each === name) ?? 'wall'

interface Folded {
  seq: number
  states: States
}

const foldScene = ({ topics, scenes, scene }: Fixture): Folded => {
  const told = mixScene(scenes, scene)
  const states: States = new Map()
  for (const topic of topics) {
    const fold = createFold([topic], (name, event, fault) => {
      throw new Error(`${name} cannot fold ${event.id}`, { cause: fault })
    })
    const own = fold.fresh()
    for (const event of heardBy(topic, told, topics)) fold.apply(own, event)
    states.set(topic.name, own.get(topic.name))
  }
  return { seq: told.length, states }
}

/** What a server would send a screen that joins: welcome, state, what is served to it, and a first beat. */
const joinMessages = (
  fixture: Fixture,
  { seq, states }: Folded,
  audience: Audience,
  serverTime: number,
): Down[] => {
  const served = fixture.topics.filter((topic) => isServed(topic, audience))
  const figures: Record<string, Served> = Object.fromEntries(
    served.map((topic) => [
      topic.name,
      servedOf(topic, states.get(topic.name), audience, serverTime),
    ]),
  )
  // what is left of a state when its events are redacted is the redacted state: the laws of topics say so
  const redacted = fixture.topics.map((topic) => [
    topic.name,
    encodeState(topic.redact(states.get(topic.name), audience)),
  ])
  return [
    { kind: 'welcome', epoch: fixture.scene, seq, serverTime, mode: 'snapshot' },
    { kind: 'snapshot', seq, topics: Object.fromEntries(redacted) },
    ...(served.length > 0 ? [{ kind: 'served' as const, at: serverTime, topics: figures }] : []),
    { kind: 'heartbeat', serverTime, seq, recording: true, faults: [] },
  ]
}

const sendUnits = (scene: SceneName, nowMs: number, to: SocketEvents): void => {
  const { names, entries } = fixtureUnits(scene, nowMs)
  if (names.length === 0) return
  const units: Down = {
    kind: 'units',
    from: 0,
    names,
    simulated: entries.map(({ index }) => index),
  }
  to.text(JSON.stringify(units))
  for (const frame of encodeTracks(entries, nowMs, true)) to.bytes(frame)
}

/** One screen's socket: it is welcomed for the audience that it asks for. */
const openOn =
  (fixture: Fixture, ticker: Ticker, folded: () => Folded): WallWorld['open'] =>
  (events) => {
    const ended: (() => void)[] = []
    const say = (message: Down) => events.text(JSON.stringify(message))
    const join = (audience: Audience) => {
      const messages = joinMessages(fixture, folded(), audience, ticker.now())
      for (const message of messages) say(message)
      if (audience !== 'visitor') sendUnits(fixture.scene, ticker.now(), events)
      const { seq } = folded()
      const beat = () =>
        say({ kind: 'heartbeat', serverTime: ticker.now(), seq, recording: true, faults: [] })
      ended.push(ticker.every(heartbeatEveryMs, beat))
    }
    ended.push(ticker.after(0, () => events.opened()))
    return {
      // a screen says hello, and then beats: nobody here misses it
      send(text) {
        const message = JSON.parse(text) as Up
        if (message.kind !== 'hello') return
        ended.push(ticker.after(0, () => join(audienceOf(message.audience))))
      },
      close() {
        for (const end of ended) end()
      },
    }
  }

/** A world without any server: one scene of every topic, told in the page by the feed's own protocol. */
export const openFixture = (fixture: Fixture): WallWorld => {
  const ticker = fixtureTicker(sceneNow, fixture.isFrozen)
  let known: Folded | null = null
  const folded = () => {
    known ??= foldScene(fixture)
    return known
  }
  return { open: openOn(fixture, ticker, folded), ticker, random: () => 0.5 }
}
