import { longAbsences } from './absences.ts'
import { badLines } from './bad-lines.ts'
import type { Break } from './break.ts'
import { decoders } from './decoders.ts'
import { freeLoop } from './free-loop.ts'
import { halfOpen } from './half-open.ts'
import { joins } from './joins.ts'
import { kills } from './kills.ts'
import { pausedReaders } from './paused.ts'
import { replays } from './replays.ts'
import { socketsFuzz } from './sockets-fuzz.ts'
import { reconnectStorm, threeRestarts } from './storms.ts'
import { syncs } from './syncs.ts'

/** Every break, in the order of the promises. */
export const breaks: readonly Break[] = [
  kills,
  syncs,
  joins,
  longAbsences,
  replays,
  pausedReaders,
  halfOpen,
  badLines,
  reconnectStorm,
  threeRestarts,
  freeLoop,
  decoders,
  socketsFuzz,
]
