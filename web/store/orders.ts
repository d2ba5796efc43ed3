import type { Actor } from '#protocol/command.ts'
import type { Body } from '#protocol/event.ts'
import type { Ticker } from './frame.ts'

/** What somebody at this screen wants done. */
export interface Wanted {
  type: string
  body: Body
}
/** Who wants it, and what opens the door of commands to him. */
export interface Authority {
  actor: Actor
  key: string
}
/** What the server said; status 0: nothing came back. */
export interface Answer {
  status: number
  /** how long it asks to stay away, ms; 0: it does not say */
  retryAfterMs: number
  /** the field that it names as wrong */
  field: string | null
  /** the seq of the last event that came of it */
  seq: number | null
}
/**
 * `sending`: on its way; `again`: nothing was kept yet, it is sent again by itself; `kept`: journaled, and this screen
 * has not drawn it yet; `refused`: for a reason that sending again does not mend; `unsent`: given up, to be sent by hand.
 */
export type OrderState = 'sending' | 'again' | 'kept' | 'refused' | 'unsent'

/** A command until this screen shows what came of it. */
export interface Order extends Wanted {
  /** the same over all tries, so that it is done once */
  id: string
  actor: Actor
  state: OrderState
  refused: Pick<Answer, 'status' | 'field'> | null
  seq: number
}

export type Post = (
  order: Pick<Order, 'id' | keyof Wanted | 'actor'>,
  key: string,
) => Promise<Answer>

/** So long it is tried again by itself; then somebody must say whether it is still wanted, ms. */
const triedForMs = 30_000
const [firstPauseMs, longestPauseMs] = [1000, 8000]
/** Nothing was kept, and the same again may be. */
const isPassing = (status: number): boolean => [0, 429, 502, 503, 504].includes(status)

const isSame = (one: Wanted, other: Wanted): boolean =>
  one.type === other.type && JSON.stringify(one.body) === JSON.stringify(other.body)

/** Letters only: digits might look like a number that the door does not take. */
export const freshId = (random: () => number): string =>
  `wall:${Array.from({ length: 20 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('')}`

/** Commands of this screen, each until the feed has brought back what came of it. */
export const createOrders = (options: {
  post: Post
  ticker: Pick<Ticker, 'after' | 'monotonic'>
  random(): number
  onChange(orders: readonly Order[]): void
}) => {
  const { post, ticker, random, onChange } = options
  let orders: readonly Order[] = []
  let seenSeq = 0

  const publish = (next: readonly Order[]): void => {
    orders = next.filter(({ state, seq }) => state !== 'kept' || seq > seenSeq)
    onChange(orders)
  }
  const put = (order: Order): void =>
    publish([...orders.filter(({ id }) => id !== order.id), order])

  const send = async (order: Order, key: string, startedMs: number, pauseMs: number) => {
    put({ ...order, state: 'sending', refused: null })
    const { id, type, body, actor } = order
    const { status, retryAfterMs, field, seq } = await post({ id, type, body, actor }, key)
    if (status === 200) return put({ ...order, state: 'kept', refused: null, seq: seq ?? 0 })
    if (!isPassing(status)) return put({ ...order, state: 'refused', refused: { status, field } })
    const waitMs = Math.max(retryAfterMs, pauseMs)
    if (ticker.monotonic() + waitMs - startedMs > triedForMs) {
      return put({ ...order, state: 'unsent', refused: { status, field } })
    }
    put({ ...order, state: 'again', refused: { status, field } })
    ticker.after(
      waitMs,
      () => void send(order, key, startedMs, Math.min(2 * pauseMs, longestPauseMs)),
    )
  }

  return {
    /** Sends it, unless the same is on its way; one that was given up keeps its id. */
    give(wanted: Wanted, { actor, key }: Authority): void {
      const known = orders.find((order) => isSame(order, wanted))
      if (known && ['sending', 'again', 'kept'].includes(known.state)) return
      const isGivenUp =
        known?.state === 'unsent' &&
        known.actor.kind === actor.kind &&
        known.actor.name === actor.name
      const id = isGivenUp ? known.id : freshId(random)
      // what was refused of the same sort has been answered
      publish(orders.filter((order) => order !== known))
      const order: Order = { ...wanted, id, actor, state: 'sending', refused: null, seq: 0 }
      void send(order, key, ticker.monotonic(), firstPauseMs)
    },
    /** This screen shows everything up to a seq. */
    seen(seq: number): void {
      seenSeq = seq
      if (orders.some((order) => order.state === 'kept' && order.seq <= seq)) publish(orders)
    },
    /** What was refused, or given up, has been read. */
    clear(): void {
      publish(orders.filter(({ state }) => state !== 'refused' && state !== 'unsent'))
    },
  }
}
export type Orders = ReturnType<typeof createOrders>
