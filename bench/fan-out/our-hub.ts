import type { Server } from 'node:http'
import type { Audience, FeedEvent } from '#protocol/event.ts'
import { createFold } from '#protocol/fold.ts'
import { isServed } from '#protocol/served.ts'
import { topics as all, definitions } from '#topics/index.ts'
import { createFeedEpoch } from '../../server/feed/feed-epoch.ts'
import { createHandshake } from '../../server/feed/handshake.ts'
import { createHub } from '../../server/feed/hub.ts'
import { createScreens } from '../../server/feed/screens.ts'
import { listenForSockets } from '../../server/feed/sockets.ts'
import type { Projection } from '../../server/projection/projection.ts'
import { realWorld } from '../../server/real-world.ts'
import { createLane, type Lane } from '../../server/tracks/lane.ts'
import { createTurns } from '../../server/turns.ts'
import { benchToken } from './dialect.ts'

/**
 * The real hub behind the real handshake; what the journal and the fold would do is done by whoever applies. It has the
 * topics whose events the audience gets: what is served to it instead is computed every 2 s, however much is told.
 */
export const listenOurs = (
  server: Server,
  audience: Audience,
  startSeq = 0,
): { apply(events: readonly FeedEvent[]): void; lane: Lane } => {
  const { clock, log } = realWorld
  const topics = all.filter((topic) => !isServed(topic, audience))
  const lane = createLane(clock)
  const listeners: Parameters<Projection['onApplied']>[0][] = []
  let seq = startSeq
  const projection: Projection = {
    get seq() {
      return seq
    },
    states: createFold(topics, () => {}).fresh(),
    faults: new Map(),
    onApplied: (listener) => listeners.push(listener),
    checkpoint: async () => {},
    saved: { seq: 0, atMs: 0 },
    stop() {},
  }
  const hub = createHub({
    clock,
    log,
    epoch: createFeedEpoch({ epoch: 'bench', runs: [{ id: '0', startSeq: 0 }] }),
    projection,
    lane,
    topics,
    definitions,
    condition: () => ({ recording: true, faults: [] }),
    screens: createScreens(clock),
    turns: createTurns(clock),
  })
  const isToken = (authorization?: string) => authorization === `Bearer ${benchToken}`
  listenForSockets(server, {
    clock,
    hub,
    handshake: createHandshake({ clock, origins: [], isToken }),
  })
  return {
    lane,
    apply(events) {
      const from = seq + 1
      seq = events.at(-1)!.seq
      for (const listener of listeners) listener([...events], from, seq)
    },
  }
}
