import type { Break } from './break.ts'
import { kills } from './kills.ts'
import { syncs } from './syncs.ts'

/** Every break, in the order of the promises. */
export const breaks: readonly Break[] = [kills, syncs]
