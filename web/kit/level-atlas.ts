import { levelShapes } from './level-shapes.ts'
import { levelColours } from './map/map-colours.ts'

const cellPx = 96
/** A sign fills this much of its cell; the rest is its dark edge. */
const signPx = 80
const levels = [1, 2, 3, 4]

/** Where each sign is in the atlas, as deck.gl's IconLayer wants it. */
export const levelIcons = Object.fromEntries(
  levels.map((level, index) => [
    String(level),
    { x: index * cellPx, y: 0, width: cellPx, height: cellPx },
  ]),
)
/** How much larger than its sign a cell is. */
export const cellPerSign = cellPx / signPx

/** The signs of the levels in a row, each with an edge of the ground's colour that lifts it off a map. */
export const drawLevelAtlas = (ground: string): ImageData | null => {
  const canvas = document.createElement('canvas')
  canvas.width = cellPx * levels.length
  canvas.height = cellPx
  const context = canvas.getContext('2d')
  if (!context) return null
  for (const [index, level] of levels.entries()) {
    const sign = new Path2D(levelShapes[level])
    const edgePx = (cellPx - signPx) / 2
    context.setTransform(signPx / 20, 0, 0, signPx / 20, index * cellPx + edgePx, edgePx)
    context.lineJoin = 'round'
    context.lineWidth = 4
    context.strokeStyle = ground
    context.stroke(sign)
    context.fillStyle = levelColours[level]!
    context.fill(sign)
  }
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
