/** What is known of a panel's height in one layout, px. */
export interface KnownHeight {
  /** when it was last seen: with the rows that stepped over seams */
  seenPx: number
  /** when it was put out of sight after that, where nothing steps; null: it is seen */
  unseenPx: number | null
}

/**
 * The height that a panel needs, px. One that was too high with its rows stepped over seams is lower as soon as it is out of sight:
 * it needs what it needed there until it has become lower, or it would come and go for ever.
 */
export const neededHeight = (
  known: KnownHeight | undefined,
  heightPx: number,
  isSeen: boolean,
): { neededPx: number; known: KnownHeight | undefined } => {
  if (isSeen) return { neededPx: heightPx, known: { seenPx: heightPx, unseenPx: null } }
  if (!known || heightPx < (known.unseenPx ?? 0)) return { neededPx: heightPx, known: undefined }
  return {
    neededPx: Math.max(heightPx, known.seenPx),
    known: { ...known, unseenPx: known.unseenPx ?? heightPx },
  }
}
