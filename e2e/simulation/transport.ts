import type { Down } from '#protocol/feed.ts'
import type { Joined } from '#server/feed/hub.ts'
import type { Connection } from '#server/feed/session.ts'
import type { Socket, SocketEvents } from '#web/feed/client.ts'
import type { Book } from './book.ts'
import type { Process } from './process.ts'
import type { Kind } from './shape.ts'
import type { SimulatedServer } from './simulated-server.ts'
import type { Stage } from './stage.ts'
import { must } from './violation.ts'

/** The server's sockets end one that does not answer its pings, ms. */
const pingedAfterMs = 33_000

/** How long a screen may be past its allowance, ms: the server looks when it sends. */
const overForMs = 2001

/** A screen's end of the transport, over all the lines that it opens. */
export interface Port {
  open(events: SocketEvents): Socket
  /** The line breaks, and both ends learn of it. */
  cut(): void
  /** No byte comes through any more, and nobody is told. */
  silence(): void
  /** No line can be opened for so long, and this one is silent. */
  outage(forMs: number): void
  /** until when what the transport itself does may keep a frame from the screen, ms of the world */
  readonly troubledUntilMs: number
}

export interface PortOptions {
  name: string
  page: Process
  /** What comes out of the line, just before the client has it; `page`: of the book, at its other end. */
  onText(text: string, page: number): void
  onHello(text: string): void
}

const kindOf = (text: string): Down['kind'] =>
  text.slice('{"kind":"'.length, text.indexOf('"', '{"kind":"'.length)) as Down['kind']

/** Only these have a number that shows their loss; the order of the others is the word of the transport (TCP). */
const numbered: ReadonlySet<Down['kind']> = new Set(['events', 'heartbeat'])
const droppable: ReadonlySet<Down['kind']> = new Set(['events', 'heartbeat', 'snapshot', 'welcome'])

/** Lines between screens and the hub: in order and whole, but for what the schedule does to them. */
export const createTransport = (stage: Stage, server: SimulatedServer, book: Book) => {
  const { shape, world, trace } = stage
  const { clock } = world
  const chance = stage.chance('transport')

  return (options: PortOptions): Port => {
    const { name, page } = options
    let noLineUntilMs = 0
    let troubledUntilMs = 0
    let current: { cut(): void; silence(): void } | null = null
    const trouble = (untilMs: number): void => {
      troubledUntilMs = Math.max(troubledUntilMs, untilMs)
    }
    const latency = (): number => shape.latencyMs * (0.5 + chance.next())

    const open = (events: SocketEvents): Socket => {
      const after = page.world.clock.after
      /** both ends have it */
      let isOpen = true
      /** frames go nowhere */
      let isSilent = false
      let isClosedHere = false
      let downFreeMs = 0
      let upFreeMs = 0
      const slowMsPerKb = stage.strikes('slowReader', name) ? chance.exponential(20) : 0
      const isReachable = server.core !== null && clock.monotonic() >= noLineUntilMs
      const pageThere = book.page
      let joined: Joined | null = null

      /** The server's end is over; what is on its way may arrive still. */
      const endServer = (withoutWord: boolean): void => {
        const ended = joined
        joined = null
        ended?.closed(withoutWord)
      }
      const close = (loses: boolean): void => {
        if (!isOpen) return
        isOpen = false
        endServer(false)
        if (isSilent) return
        if (loses) isClosedHere = true
        const at = Math.max(downFreeMs, clock.monotonic() + latency())
        trouble(at)
        after(at - clock.monotonic(), () => events.closed())
      }
      const own = {
        cut: () => close(chance.chance(0.5)),
        silence() {
          if (isSilent) return
          isSilent = true
          trouble(Number.POSITIVE_INFINITY)
          clock.after(pingedAfterMs, () => {
            isOpen = false
            endServer(true)
          })
        },
      }
      current = own

      /** Not yet read at the other end: bounded by the allowance, but for a moment. */
      let unread = 0
      let overSinceMs: number | null = null
      const { messages } = shape.allowance
      const counted = (now: number, written: () => void): (() => void) => {
        const overMs = now - (overSinceMs ?? now)
        const isBounded = unread <= 8 * messages + 1 && overMs <= overForMs
        must(isBounded, 'a screen that does not read is let go', () => ({ name, unread, overMs }))
        unread += 1
        if (unread > messages) overSinceMs ??= now
        return () => {
          unread -= 1
          if (unread <= messages) overSinceMs = null
          written()
        }
      }
      const deliver = (text: string, delayMs: number, written: () => void): void => {
        after(delayMs, () => {
          if (!isClosedHere && !isSilent) {
            trace.note(`${name} <`, text)
            options.onText(text, pageThere)
            events.text(text)
          }
          written()
        })
      }
      const strikes = (kind: Kind, of: Down['kind']): boolean =>
        stage.strikes(kind, `${name} ${of}`)

      if (isReachable) {
        const connection = stage.overhear<Connection>('connection', {
          send(frame, leftHere, isBinary = false) {
            let written = leftHere
            if (!isOpen || isSilent) return
            const text = isBinary ? '' : frame.toString()
            const kind = kindOf(text)
            const now = clock.monotonic()
            if (!isBinary && kind !== 'snapshot' && kind !== 'bye') written = counted(now, written)
            if (droppable.has(kind) && strikes('drop', kind)) return written()
            let delayMs = latency() + (frame.length / 1024) * slowMsPerKb
            if (strikes('delay', kind)) delayMs += chance.exponential(400)
            const dueMs = Math.max(downFreeMs, now + delayMs)
            trouble(dueMs)
            if (isBinary) {
              downFreeMs = dueMs
              after(dueMs - now, () => {
                if (!isClosedHere && !isSilent) events.bytes(new Uint8Array(frame))
                written()
              })
              return
            }
            const isLate = numbered.has(kind) && strikes('reorder', kind)
            if (!isLate) downFreeMs = dueMs
            const extraMs = isLate ? chance.exponential(300) : 0
            deliver(text, dueMs - now + extraMs, written)
            if (numbered.has(kind) && strikes('duplicate', kind))
              deliver(text, dueMs - now + extraMs + chance.next() * 100, () => {})
          },
          close: () => clock.after(latency(), () => close(false)),
          terminate: () => close(true),
        })
        joined = server.core!.hub.join(connection)
        after(latency(), () => {
          if (isOpen && !isSilent) events.opened()
        })
      } else if (clock.monotonic() >= noLineUntilMs) after(latency(), () => events.closed())

      return stage.overhear<Socket>('socket', {
        send(text) {
          if (!isOpen || isSilent) return
          let sent = text
          if (text.startsWith('{"kind":"hello"') && stage.strikes('helloCut', name)) {
            const how = chance.pick(['half', 'none', 'closed'] as const)
            if (how === 'none') return
            if (how === 'closed') return close(true)
            sent = text.slice(0, chance.int(1, text.length - 1))
          }
          const now = clock.monotonic()
          upFreeMs = Math.max(upFreeMs, now + latency())
          clock.after(upFreeMs - now, () => {
            if (isSilent || !joined) return
            trace.note(`${name} >`, sent)
            options.onHello(sent)
            joined.text(sent)
          })
        },
        close() {
          if (isClosedHere) return
          isClosedHere = true
          if (isSilent) return
          isOpen = false
          clock.after(latency(), () => endServer(false))
        },
      })
    }

    server.onEnd(() => current?.cut())
    return {
      open(events) {
        troubledUntilMs = 0
        return open(events)
      },
      cut: () => current?.cut(),
      silence: () => current?.silence(),
      outage(forMs) {
        noLineUntilMs = clock.monotonic() + forMs
        current?.silence()
      },
      get troubledUntilMs() {
        return troubledUntilMs
      },
    }
  }
}
export type Transport = ReturnType<typeof createTransport>
