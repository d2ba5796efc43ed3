import type { Line } from './geometry.ts'

/** Heights in pixels of a picture, rows from the top. */
export interface Raster {
  widthPx: number
  heightPx: number
  metresPerPx: number
  heightsM: Float32Array
}
/** A river's course: 1 is the great one, 4 the least. */
export interface Valley {
  level: number
  line: Line
}

/** How deep a river has cut below what a coarse grid says, m, and how far from it half of that is left. */
const depthM = (level: number) => (level === 1 ? 190 : level === 2 ? 150 : 100)
const widthM = (level: number) => (level === 1 ? 1500 : 1100)
/** A valley is let in as far as this from its river. */
const reachM = 4500

/** Lets valleys into a raster along `courses`, whose points are pixels of it: the slopes of a V, and none deeper where two meet. */
export const carve = (
  { widthPx, heightPx, metresPerPx, heightsM }: Raster,
  courses: readonly Valley[],
): void => {
  const cut = new Float32Array(heightsM.length)
  const reachPx = reachM / metresPerPx
  for (const { level, line } of courses) {
    for (let i = 1; i < line.length; i++) {
      const [ax, ay] = line[i - 1]!
      const [dx, dy] = [line[i]![0] - ax, line[i]![1] - ay]
      const squared = dx * dx + dy * dy || 1
      const fromY = Math.max(0, Math.ceil(Math.min(ay, ay + dy) - reachPx))
      const toY = Math.min(heightPx - 1, Math.floor(Math.max(ay, ay + dy) + reachPx))
      const fromX = Math.max(0, Math.ceil(Math.min(ax, ax + dx) - reachPx))
      const toX = Math.min(widthPx - 1, Math.floor(Math.max(ax, ax + dx) + reachPx))
      for (let y = fromY; y <= toY; y++) {
        for (let x = fromX; x <= toX; x++) {
          const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared))
          const offM = Math.hypot(x - ax - along * dx, y - ay - along * dy) * metresPerPx
          const depth = depthM(level) * 2 ** (-offM / widthM(level))
          const index = y * widthPx + x
          if (depth > cut[index]!) cut[index] = depth
        }
      }
    }
  }
  for (let index = 0; index < cut.length; index++) heightsM[index]! -= cut[index]!
}
