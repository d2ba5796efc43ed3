/** How far the picture moves from its place at most, px to each side: enough that no edge is burnt in. */
export const orbitPx = 4
const everyMs = 7 * 60_000

/** Round the middle; the middle itself is where a wall without a clock stands. */
const path = [
  [4, 0],
  [7, 1],
  [8, 4],
  [7, 7],
  [4, 8],
  [1, 7],
  [0, 4],
  [1, 1],
] as const

/** Where the picture stands at a time, whole px from the upper left of its room, which is twice `orbitPx` larger. */
export const orbitAt = (nowMs: number | null): { leftPx: number; topPx: number } => {
  if (nowMs === null) return { leftPx: orbitPx, topPx: orbitPx }
  const [leftPx, topPx] = path[Math.floor(nowMs / everyMs) % path.length]!
  return { leftPx, topPx }
}
