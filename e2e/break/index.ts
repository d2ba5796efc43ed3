import type { Break } from './break.ts'

/** Every break, in the order of the promises. */
export const breaks: readonly Break[] = []
