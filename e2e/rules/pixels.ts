import { isSaturated, type Rgb } from './colour.ts'
import type { Picture } from './read-png.ts'

/** A box on a picture, px. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Share of pixels that are saturated, 0–1. */
export const saturatedShare = ({ rgb }: Picture): number => {
  let count = 0
  for (let at = 0; at < rgb.length; at += 3)
    if (isSaturated(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!)) count += 1
  return count / (rgb.length / 3)
}

/** How many pixels of two pictures of one size differ. */
export const differentPixels = (one: Picture, other: Picture): number => {
  if (one.rgb.length !== other.rgb.length) throw new RangeError('pictures of two sizes')
  let count = 0
  for (let at = 0; at < one.rgb.length; at += 3) {
    const isSame =
      one.rgb[at] === other.rgb[at] &&
      one.rgb[at + 1] === other.rgb[at + 1] &&
      one.rgb[at + 2] === other.rgb[at + 2]
    if (!isSame) count += 1
  }
  return count
}

/** Nearer to the ink than this it is ink, of 255 in any channel. */
const isInkWithin = 24

/** The colour that most of a box has but for its ink: what its words stand on. Null where there is none in the picture. */
export const groundOf = ({ rgb, widthPx, heightPx }: Picture, box: Box, ink?: Rgb): Rgb | null => {
  const isInk = (at: number) =>
    ink?.every((channel, n) => Math.abs(channel - rgb[at + n]!) < isInkWithin) ?? false
  const counts = new Map<number, number>()
  const [left, top] = [Math.max(0, Math.floor(box.left)), Math.max(0, Math.floor(box.top))]
  const right = Math.min(widthPx, Math.ceil(box.left + box.width))
  const bottom = Math.min(heightPx, Math.ceil(box.top + box.height))
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = 3 * (y * widthPx + x)
      if (isInk(at)) continue
      const key = (rgb[at]! << 16) | (rgb[at + 1]! << 8) | rgb[at + 2]!
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  let most: number | null = null
  for (const [key, count] of counts) if (most === null || count > counts.get(most)!) most = key
  return most === null ? null : [most >> 16, (most >> 8) & 255, most & 255]
}
