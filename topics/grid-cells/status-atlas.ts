import { type Status, statuses } from './grid-cells.codes.ts'
import { statusColours, statusShapes } from './status-shapes.ts'

const cellPx = 64
/** A sign fills this much of its place; the rest is its dark edge. */
const signPx = 50
/** How much larger than its sign a place is. */
export const signPerCell = cellPx / signPx

/** Where each sign is in the atlas, as deck.gl's IconLayer wants it. */
export const statusIcons = Object.fromEntries(
  statuses.map((status, index) => [
    status,
    { x: index * cellPx, y: 0, width: cellPx, height: cellPx },
  ]),
)

const drawSign = (context: CanvasRenderingContext2D, status: Status, ground: string): void => {
  const { path, isHollow } = statusShapes[status]
  const sign = new Path2D(path)
  context.lineWidth = isHollow ? 6 : 4
  context.strokeStyle = ground
  context.stroke(sign)
  context.fillStyle = statusColours[status]
  context.strokeStyle = statusColours[status]
  context.lineWidth = 3
  if (isHollow) context.stroke(sign)
  else context.fill(sign)
}

/** The signs in a row, each with an edge of the ground's colour that lifts it off a map. */
export const drawStatusAtlas = (ground: string): ImageData | null => {
  const canvas = document.createElement('canvas')
  canvas.width = cellPx * statuses.length
  canvas.height = cellPx
  const context = canvas.getContext('2d')
  if (!context) return null
  context.lineJoin = 'round'
  for (const [index, status] of statuses.entries()) {
    const edgePx = (cellPx - signPx) / 2
    context.setTransform(signPx / 20, 0, 0, signPx / 20, index * cellPx + edgePx, edgePx)
    drawSign(context, status, ground)
  }
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
