/** What a client has to say to one way of telling, and what it counts. */
export interface Dialect {
  /** the path that it opens */
  path: string
  /** what it says as soon as the socket is open, message by message */
  says: readonly string[]
  /** a message begins so when it is of the ones to be counted */
  counts: string
  /** what it puts around each of them that the others do not */
  wrapBytes?: number
  /** what it answers to a message that it must answer to be kept */
  answers: Readonly<Record<string, string>>
}

/** What is told to everybody at once, and how its clients hear it. */
export interface Way<What> {
  dialect: Dialect
  /** Done for each before anything is counted. */
  prepare?(what: What): void
  /** Begins to listen; the result tells everybody who is there. */
  listen(server: import('node:http').Server): (what: What) => void
}

/** The token by which a program opens our feed. */
export const benchToken = 'bench'

/** A socket that hears what comes and need not say a word. */
export const plain = (counts: string): Dialect => ({ path: '/', says: [], counts, answers: {} })

/** Socket.IO's own: it opens a namespace, and answers the beats of the layer below. */
export const socketIo = (event: string): Dialect => ({
  wrapBytes: `42["${event}",]`.length,
  path: '/socket.io/?EIO=4&transport=websocket',
  says: ['40'],
  counts: `42["${event}"`,
  answers: { '2': '3' },
})

export const ours = (audience: string, counts: string): Dialect => ({
  path: '/feed',
  says: [JSON.stringify({ kind: 'hello', protocol: 2, audience })],
  counts,
  answers: {},
})
