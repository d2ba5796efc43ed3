interface Room {
  widthPx: number
  heightPx: number
}
interface Sizes {
  wordPx: number
  valuePx: number
}

/** Below this width, in sizes of a word, a row needs two lines. */
const oneLineEm = { zh: 21, en: 36 }

/** How the queue stands in its room: rows of one fixed height, and how many are left over. */
export const fitRows = (
  count: number,
  room: Room | null,
  { wordPx, valuePx }: Sizes,
  lang: 'zh' | 'en',
): { lines: 1 | 2; rowPx: number; rows: number; more: number } => {
  const lines = (room?.widthPx ?? 0) / wordPx < oneLineEm[lang] ? 2 : 1
  const rowPx = Math.round(1.45 * valuePx + (lines === 2 ? 1.3 * wordPx : 0))
  const heightPx = room?.heightPx ?? 0
  const all = Math.floor(heightPx / rowPx)
  if (count <= all) return { lines, rowPx, rows: count, more: 0 }
  const rows = Math.max(0, Math.floor((heightPx - 1.5 * wordPx) / rowPx))
  return { lines, rowPx, rows, more: count - rows }
}
