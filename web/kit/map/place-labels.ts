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
  side: Side
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

const boxAt = (label: Wanted, side: Side): Omit<Placed<unknown>, 'label'> => {
  const [dx, dy] = middleOf(label, side)
  const [x, y] = [label.x + dx, label.y + dy]
  const [halfWidth, halfHeight] = [label.widthPx / 2, label.heightPx / 2]
  return {
    side,
    offset: [dx, dy],
    box: { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight },
  }
}

/** Where a name is that stands on its point. */
export const boxOf = (label: Wanted): Box => boxAt(label, 'centre').box

const shared = (a: Box, b: Box) =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top))
export const holds = (box: Box, [x, y]: readonly [number, number]) =>
  x > box.left && x < box.right && y > box.top && y < box.bottom
/** Counts the points in any one of these boxes; those far from all of them are passed over once. */
export const crossedBy = (points: NonNullable<Shunned['lines']>, boxes: readonly Box[]) => {
  const around = {
    left: Math.min(...boxes.map(({ left }) => left)),
    right: Math.max(...boxes.map(({ right }) => right)),
    top: Math.min(...boxes.map(({ top }) => top)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  }
  const near = points.filter((point) => holds(around, point))
  return (box: Box) => near.filter((point) => holds(box, point)).length
}
export const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
const contains = (outer: Box, inner: Box) =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom

/** Where a name stood: of its alternatives this one, on this side. */
export type Stood = Pick<Wanted, 'x' | 'y' | 'widthPx' | 'gapPx'> & { side: Side }

/** What a name would rather not cover. */
export interface Shunned {
  /** points on lines, px */
  lines?: readonly (readonly [number, number])[]
  /** signs of what is going on, px: worse to cover than any line */
  marks?: readonly Box[]
  /** by id: where a name stood before. It stays while nothing better is worth the move. */
  before?: ReadonlyMap<string, Stood>
}
/** What it costs to touch a mark, and to cover as much of marks as a square of the name's height. */
const perMark = 100
const perSquare = 200
/** Whether a name has stood just so; of one text both its places and its sizes may share a middle. */
const isAsBefore = (label: Wanted, side: Side, before: Stood | undefined): boolean =>
  before?.side === side &&
  before.x === label.x &&
  before.y === label.y &&
  before.widthPx === label.widthPx &&
  before.gapPx === label.gapPx

/** Of a name, so much may lie under a mark, which is the air around it: beyond, letters are covered, and the name is left out. */
const mostCovered = 0.06
/** A name that stands stays, unless another place is at least this much better. */
const worthMoving = 40

/**
 * Gives each name a place in the order given, the most important first; a name that finds none
 * inside `room`, clear of earlier names and of `obstacles` and hardly under a mark, is left out. Of the free
 * sides that is taken which covers least of what is shunned, then where the name stood, then the first.
 */
export const placeLabels = <Label extends Wanted>(
  wanted: readonly Label[],
  obstacles: readonly Box[],
  room: Box,
  { lines = [], marks = [], before }: Shunned = {},
): Placed<Label>[] => {
  const placed: Placed<Label>[] = []
  const isFree = (box: Box) =>
    contains(room, box) &&
    !placed.some((other) => overlap(other.box, box)) &&
    !obstacles.some((other) => overlap(other, box)) &&
    marks.every((mark) => shared(mark, box) <= mostCovered * shared(box, box))
  const weigh = (one: Placed<Label>, crossed: number) => {
    const { label, side, box } = one
    const stands = isAsBefore(label, side, before?.get(label.id))
    const covered = marks.reduce((sum, mark) => {
      const area = shared(mark, box)
      return area > 0 ? sum + perMark + (perSquare * area) / label.heightPx ** 2 : sum
    }, 0)
    const burden = crossed + covered - (stands ? worthMoving : 0)
    return { one, stands, isClear: covered === 0, burden }
  }
  const byId = Map.groupBy(wanted, ({ id }) => id)
  for (const alternatives of byId.values()) {
    const found = alternatives
      .flatMap((label) => label.sides.map((side) => ({ label, ...boxAt(label, side) })))
      .filter(({ box }) => isFree(box))
    const crossed = crossedBy(
      lines,
      found.map(({ box }) => box),
    )
    const free = found.map((one) => weigh(one, crossed(one.box)))
    // of alternatives the first that is free of marks stands, or the one that stood if it says as much;
    // lines only decide between these and their sides
    const first = free.find(({ isClear }) => isClear)?.one.label
    const isChoice = ({ one, stands }: (typeof free)[number]) =>
      one.label === first || (stands && one.label.widthPx === first?.widthPx)
    const least = (some: typeof free) => some.toSorted((a, b) => a.burden - b.burden)[0]
    const best = least(free.filter(isChoice)) ?? least(free)
    if (best) placed.push(best.one)
  }
  return placed
}
