import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { hourMs } from '#protocol/beijing.ts'
import type { Body } from '#protocol/event.ts'
import type { Down } from '#protocol/feed.ts'
import { encodeState } from '#protocol/snapshot.ts'
import { ownSource } from '#protocol/source.ts'
import { alarmEvents } from '#topics/alarms/alarms.events.ts'
import { topics } from '#topics/index.ts'
import type { SocketEvents } from '#web/feed/client.ts'
import { createSimulatedTicker } from '#web/store/simulated-ticker.ts'
import { useWall } from '#web/store/wall.ts'
import { tones } from './tones.ts'
import { useSound } from './use-sound.ts'

const startMs = Date.UTC(2026, 10, 22, 14)
/** Frequencies of the notes that were begun, Hz, in order. */
let played: number[] = []
/** How often the sound was tested, by a note that none of the tones has. */
let tests = 0
const testHz = 1000
/** How loud each note was when it was begun, of full scale. */
let begun: number[] = []
let outputPeak = 0.001
/** the browser makes no note */
let isRefused = false
let contexts: Context[] = []
let page = new EventTarget()

/** A browser's sound, which is locked until somebody touches the page. */
class Context extends EventTarget {
  state = 'suspended'
  isTouched = false
  /** the device has stopped taking what is played */
  isStuck = false
  get currentTime() {
    return this.state === 'running' && !this.isStuck ? Date.now() / 1000 : 0
  }
  destination = {}
  constructor() {
    super()
    contexts.push(this)
  }
  async resume() {
    if (!this.isTouched) return
    this.state = 'running'
    this.dispatchEvent(new Event('statechange'))
  }
  async close() {
    this.state = 'closed'
  }
}
class Gain {
  constructor(_: unknown, { gain }: { gain: number }) {
    begun.push(gain)
  }
  gain = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} }
  connect = () => {}
  disconnect = () => {}
}
/** What comes out: silence where the way to it is broken. */
class Analyser {
  fftSize = 32
  connect = () => {}
  getFloatTimeDomainData = (samples: Float32Array) => void samples.fill(outputPeak)
}
class Oscillator {
  readonly hz: number
  onended = () => {}
  constructor(_: unknown, { frequency }: { frequency: number }) {
    if (isRefused && frequency === testHz) throw new Error('no note is made')
    this.hz = frequency
  }
  connect = (to: unknown) => to
  start = () => {
    if (this.hz === testHz) tests += 1
    else played.push(this.hz)
  }
  stop = () => {}
}

beforeEach(() => {
  vi.useFakeTimers()
  ;[played, contexts, begun, page] = [[], [], [], new EventTarget()]
  ;[tests, outputPeak, isRefused] = [0, 0.001, false]
  vi.stubGlobal('AudioContext', Context)
  vi.stubGlobal('GainNode', Gain)
  vi.stubGlobal('AnalyserNode', Analyser)
  vi.stubGlobal('OscillatorNode', Oscillator)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A wall that may be heard, or not, and a server that tells it of alarms. */
const openWall = async (isOn = true) => {
  setActivePinia(createPinia())
  const { ticker, pass } = createSimulatedTicker()
  const wall = useWall()
  let socket: SocketEvents | undefined
  const open = (events: SocketEvents) => {
    socket = events
    return { send: () => {}, close: () => {} }
  }
  wall.start({ topics, audience: 'wall', ticker, random: () => 0.5, open })
  const serverTime = () => startMs + ticker.monotonic()
  const say = async (message: Down) => {
    socket!.text(JSON.stringify(message))
    pass(300)
    await vi.advanceTimersByTimeAsync(0)
  }
  let seq = 0
  const tell = (type: keyof typeof alarmEvents, more: Body = {}) => {
    seq += 1
    const body = { ...alarmEvents[type].example, ...more } as Body
    const at = serverTime()
    const event = { seq, id: `e${seq}`, type, at, seenAt: at, source: ownSource, flags: [], body }
    return say({ kind: 'events', from: seq, to: seq, events: [event] })
  }
  const scope = effectScope()
  const { lockedSince, failedSince, testedAt } = scope.run(() => useSound(isOn))!
  socket!.opened()
  await say({ kind: 'welcome', epoch: 'e', seq: 0, serverTime: serverTime(), mode: 'snapshot' })
  const states = topics.map(({ name, initial }) => [name, encodeState(initial())])
  await say({ kind: 'snapshot', seq: 0, topics: Object.fromEntries(states) })
  await say({ kind: 'heartbeat', serverTime: serverTime(), seq: 0, recording: true, faults: [] })
  const touch = async () => {
    for (const context of contexts) context.isTouched = true
    page.dispatchEvent(new Event('pointerdown'))
    await vi.advanceTimersByTimeAsync(0)
  }
  /** Time goes by, on the page and for what it plays. */
  const wait = async (ms: number, steps = 10) => {
    for (let step = 0; step < steps; step++) {
      pass(ms / steps)
      await vi.advanceTimersByTimeAsync(3000)
    }
  }
  const leave = () => scope.stop()
  return { wall, tell, touch, wait, lockedSince, failedSince, testedAt, leave }
}

it('without being asked for it, a wall makes no sound and owes none', async () => {
  const { tell, lockedSince } = await openWall(false)
  await tell('alarm.raised')
  expect([contexts, played, lockedSince.value]).toEqual([[], [], null])
})

it('says that it cannot be heard, until the first touch', async () => {
  const { touch, lockedSince } = await openWall()
  expect(lockedSince.value).not.toBeNull()
  await touch()
  expect(lockedSince.value).toBeNull()
})

it('is silent on a calm wall, and on priority 3', async () => {
  const { tell, touch } = await openWall()
  await touch()
  await tell('alarm.raised', { priority: 3, shown: undefined as never })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(played).toEqual([])
})

it('sounds for priority 1 at once and again, until somebody takes it on', async () => {
  const { tell, touch } = await openWall()
  await touch()
  await tell('alarm.raised')
  expect(played).toEqual(tones.p1.notesHz)
  await vi.advanceTimersByTimeAsync(tones.p1.everyMs)
  expect(played).toHaveLength(2 * tones.p1.notesHz.length)
  await tell('alarm.acknowledged')
  played = []
  await vi.advanceTimersByTimeAsync(60_000)
  expect(played).toEqual([])
})

it('silenced it is silent, and what comes after that sounds', async () => {
  const { tell, touch } = await openWall()
  await touch()
  await tell('alarm.raised')
  await tell('alarm.silenced')
  played = []
  await vi.advanceTimersByTimeAsync(60_000)
  expect(played).toEqual([])
  await tell('alarm.raised', { alarm: 'another' })
  expect(played).toEqual(tones.p1.notesHz)
})

it('of two it sounds the graver alone', async () => {
  const { tell, touch } = await openWall()
  await touch()
  await tell('alarm.raised', { alarm: 'second', priority: 2 })
  expect(played).toEqual(tones.p2.notesHz)
  played = []
  await tell('alarm.raised')
  await vi.advanceTimersByTimeAsync(tones.p1.everyMs)
  expect(new Set(played)).toEqual(new Set(tones.p1.notesHz))
})

it('leaves nothing behind that sounds', async () => {
  const { tell, touch, leave } = await openWall()
  await touch()
  await tell('alarm.raised')
  leave()
  played = []
  await vi.advanceTimersByTimeAsync(60_000)
  expect([played, contexts[0]!.state]).toEqual([[], 'closed'])
})

it('tests itself when it is first touched and once a day from then on, and nobody hears it', async () => {
  const { touch, wait, testedAt, failedSince } = await openWall()
  expect([tests, testedAt.value]).toEqual([0, null])
  await touch()
  await vi.advanceTimersByTimeAsync(3000)
  expect([tests, failedSince.value]).toEqual([1, null])
  const first = testedAt.value!
  expect(Math.abs(first - startMs)).toBeLessThan(5000)
  await wait(hourMs)
  expect(tests).toBe(1)
  // past eight in the morning
  await wait(12 * hourMs, 24)
  expect(tests).toBe(2)
  expect(testedAt.value! - first).toBeGreaterThan(9 * hourMs)
  expect(Math.max(...begun)).toBeLessThanOrEqual(0.001)
})

it.each([
  [
    'what is played does not come out',
    () => {
      outputPeak = 0
    },
  ],
  [
    'the device takes nothing',
    () => {
      contexts[0]!.isStuck = true
    },
  ],
  [
    'it cannot be tested at all',
    () => {
      isRefused = true
    },
  ],
])('where %s the wall says so, until it is mended', async (_, spoil) => {
  const { touch, wait, testedAt, failedSince, lockedSince } = await openWall()
  spoil()
  await touch()
  await vi.advanceTimersByTimeAsync(3000)
  expect([lockedSince.value, testedAt.value]).toEqual([null, null])
  const since = failedSince.value
  expect(since).not.toBeNull()
  await wait(5 * 60_000)
  expect([failedSince.value, tests > 2 || isRefused]).toEqual([since, true])
  isRefused = false
  outputPeak = 0.001
  contexts[0]!.isStuck = false
  await wait(2 * 60_000)
  expect(failedSince.value).toBeNull()
  expect(testedAt.value).not.toBeNull()
})

it('a sound that failed and is locked later is told as locked alone, and as failed since then once it is not', async () => {
  const { touch, wait, failedSince, lockedSince } = await openWall()
  outputPeak = 0
  await touch()
  await vi.advanceTimersByTimeAsync(3000)
  const since = failedSince.value
  expect(since).not.toBeNull()
  await wait(60_000)
  contexts[0]!.state = 'suspended'
  contexts[0]!.dispatchEvent(new Event('statechange'))
  expect([failedSince.value, lockedSince.value]).toEqual([null, expect.any(Number)])
  await touch()
  await vi.advanceTimersByTimeAsync(3000)
  expect([failedSince.value, lockedSince.value]).toEqual([since, null])
})

it('a wall that is to make no sound tests none', async () => {
  const { touch, wait, testedAt } = await openWall(false)
  await touch()
  await wait(hourMs)
  expect([tests, testedAt.value]).toEqual([0, null])
})
