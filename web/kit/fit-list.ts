/** How many rows of one height stand in the room; where not all do, a line is kept to say how many are left over. */
export const fitList = (
  count: number,
  heightPx: number,
  rowPx: number,
  linePx: number,
): { rows: number; more: number } => {
  if (count * rowPx <= heightPx) return { rows: count, more: 0 }
  const rows = Math.max(0, Math.floor((heightPx - linePx) / rowPx))
  return { rows, more: count - rows }
}
