import {
  likelyViewing,
  readableMm,
  type TypeScale,
  typeScale,
  type Viewing,
} from '#web/kit/type-scale.ts'

/** A wall holds so many words across and down, or its columns would lie on each other. */
const leastEm = {
  landscape: { across: 70, down: 30 },
  portrait: { across: 39, down: 58 },
}

/** The largest scale whose words are no larger than that: what is coarse gives way first, then the farthest seats. */
const shrunk = (viewing: Viewing, mostWordPx: number): TypeScale => {
  const scale = typeScale(viewing, 0)
  if (scale.wordPx <= mostWordPx || scale.wordPx <= 1) return scale
  // sizes are rounded up: a step nearer than the share says, or it would never end
  const share = Math.min(mostWordPx / scale.wordPx, 1 - 1 / scale.wordPx)
  return shrunk({ ...viewing, viewerMm: share * viewing.viewerMm }, mostWordPx)
}

/** The sizes of type of a wall, CSS px, and what they are worth. */
export interface WallScale extends TypeScale {
  /** words had to be smaller than the farthest seat needs, and are read from this far, mm; null: from every seat */
  readableMm: number | null
}

/**
 * The sizes of type of a wall, CSS px, from its size in CSS px and the pixels of the screen to each. How the system
 * scales its desktop has nothing to do with what the last row can read, so the wall looks the same at 100 and 150 %.
 */
export const wallScale = (
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  perCssPx: number,
  asked: Partial<Viewing>,
): WallScale => {
  const size = [Math.round(widthPx * perCssPx), Math.round(heightPx * perCssPx)] as const
  const viewing = { ...likelyViewing(...size), ...asked }
  const { across, down } = leastEm[widthPx < 1.2 * heightPx ? 'portrait' : 'landscape']
  const mostWordPx = Math.max(1, Math.min(size[0] / across, size[1] / down))
  const wanted = typeScale(viewing)
  const scale = wanted.wordPx <= mostWordPx ? wanted : shrunk(viewing, mostWordPx)
  const readable = readableMm(scale, viewing.pitchMm)
  return {
    wordPx: scale.wordPx / perCssPx,
    valuePx: scale.valuePx / perCssPx,
    keyPx: scale.keyPx / perCssPx,
    heroPx: scale.heroPx / perCssPx,
    readableMm: readable < viewing.viewerMm ? readable : null,
  }
}
