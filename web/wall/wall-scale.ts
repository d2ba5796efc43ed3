import { likelyViewing, type TypeScale, typeScale, type Viewing } from '#web/kit/type-scale.ts'

/**
 * The sizes of type of a wall, CSS px, from its size in CSS px and the pixels of the screen to each. How the system
 * scales its desktop has nothing to do with what the last row can read, so the wall looks the same at 100 and 150 %.
 */
export const wallScale = (
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
  perCssPx: number,
  viewing: Partial<Viewing>,
): TypeScale => {
  const likely = likelyViewing(Math.round(widthPx * perCssPx), Math.round(heightPx * perCssPx))
  const scale = typeScale({ ...likely, ...viewing })
  return {
    wordPx: scale.wordPx / perCssPx,
    valuePx: scale.valuePx / perCssPx,
    keyPx: scale.keyPx / perCssPx,
    heroPx: scale.heroPx / perCssPx,
  }
}
