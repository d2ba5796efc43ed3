/** A rectangle on the screen, CSS px. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}
/** How a name may stand to its point; the first that is free is taken. */
export type Side = 'centre' | 'right' | 'left' | 'above' | 'below'

export interface Wanted {
  /** names of one id are alternatives: once one of them stands, the others are left out */
  id: string
  x: number
  y: number
  widthPx: number
  heightPx: number
  /** space between the point and the name, px */
  gapPx: number
  sides: readonly Side[]
}
export interface Placed<Label> {
  label: Label
  /** the middle of the name, px from its point */
  offset: [number, number]
  box: Box
}

const middleOf = (label: Wanted, side: Side): [number, number] => {
  const aside = label.gapPx + label.widthPx / 2
  const along = label.gapPx + label.heightPx / 2
  if (side === 'right') return [aside, 0]
  if (side === 'left') return [-aside, 0]
  if (side === 'above') return [0, -along]
  if (side === 'below') return [0, along]
  return [0, 0]
}

const boxAt = (label: Wanted, side: Side): { offset: [number, number]; box: Box } => {
  const [dx, dy] = middleOf(label, side)
  const [x, y] = [label.x + dx, label.y + dy]
  const [halfWidth, halfHeight] = [label.widthPx / 2, label.heightPx / 2]
  return {
    offset: [dx, dy],
    box: { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight },
  }
}

const holds = (box: Box, [x, y]: readonly [number, number]) =>
  x > box.left && x < box.right && y > box.top && y < box.bottom
export const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
const contains = (outer: Box, inner: Box) =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom

/**
 * Gives each name a place in the order given, the most important first; a name that finds none
 * inside `room`, clear of earlier names and of `obstacles`, is left out. Of the free
 * sides that is taken which covers least of `lines` (points on them, px), then the first.
 */
export const placeLabels = <Label extends Wanted>(
  wanted: readonly Label[],
  obstacles: readonly Box[],
  room: Box,
  lines: readonly (readonly [number, number])[] = [],
): Placed<Label>[] => {
  const placed: Placed<Label>[] = []
  for (const label of wanted) {
    if (placed.some((other) => other.label.id === label.id)) continue
    const free = label.sides
      .map((side) => boxAt(label, side))
      .filter(
        ({ box }) =>
          contains(room, box) &&
          !placed.some((other) => overlap(other.box, box)) &&
          !obstacles.some((other) => overlap(other, box)),
      )
    const crossed = ({ box }: { box: Box }) => lines.filter((point) => holds(box, point)).length
    const best = free.toSorted((a, b) => crossed(a) - crossed(b))[0]
    if (best) placed.push({ label, ...best })
  }
  return placed
}
