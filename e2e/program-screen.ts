import { WebSocket } from 'ws'
import { createFold, type States } from '#protocol/fold.ts'
import { topics } from '#topics/index.ts'
import { createFeedClient } from '#web/feed/client.ts'
import type { Link } from '#web/feed/link.ts'

/** A screen without a page: the wall's own client and fold, over a real socket. */
export interface ProgramScreen {
  readonly states: States
  readonly link: Link
  stop(): void
}

export const openProgramScreen = (url: string, token: string): ProgramScreen => {
  const fold = createFold(topics, (topic, { seq }, fault) => {
    throw new Error(`${topic} at seq ${seq}: ${String(fault)}`)
  })
  let states = fold.fresh()
  let link: Link | null = null
  const client = createFeedClient({
    audience: 'wall',
    monotonic: () => performance.now(),
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs)
      return () => clearTimeout(timer)
    },
    every(delayMs, task) {
      const timer = setInterval(task, delayMs)
      return () => clearInterval(timer)
    },
    // come back sooner than a wall would, so that a test sees many returns
    random: () => Math.random() / 5,
    open(events) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/feed`, {
        headers: { authorization: `Bearer ${token}` },
      })
      socket.on('open', () => events.opened())
      socket.on('message', (message, isBinary) => {
        if (isBinary) events.bytes(new Uint8Array(message as Buffer))
        else events.text(message.toString())
      })
      socket.on('error', () => {})
      socket.on('close', () => events.closed())
      return { send: (text) => socket.send(text), close: () => socket.terminate() }
    },
    onSnapshot: (encoded) => {
      states = fold.decode(encoded)
    },
    onEvents(events) {
      for (const event of events) fold.apply(states, event)
    },
    onUnits: () => {},
    onServed: () => {},
    onTracks: () => {},
    onLink: (next) => {
      link = next
    },
  })
  client.start()
  return {
    get states() {
      return states
    },
    get link() {
      return link!
    },
    stop: () => client.stop(),
  }
}
