import { writeFile } from 'node:fs/promises'
import { greyAlphaPng } from './map/png.ts'

/** Draws `public/icons/unit-marks.png`: the pictures of the units in a row, white, their order that of `pictures` in the wall's unit layer. */
const iconPx = 64
const perPixel = 4
type Test = (x: number, y: number) => boolean

const disc =
  (radius: number): Test =>
  (x, y) =>
    Math.hypot(x - 32, y - 32) < radius
const ring =
  (radius: number, width: number): Test =>
  (x, y) =>
    Math.abs(Math.hypot(x - 32, y - 32) - radius) < width / 2
const either =
  (...tests: Test[]): Test =>
  (x, y) =>
    tests.some((test) => test(x, y))
/** A kite that points up, notched at its foot. */
const arrow: Test = (x, y) => {
  const aside = Math.abs(x - 32)
  return aside < ((y - 4) / 54) * 21 && y < 58 - ((21 - aside) / 21) * 13
}

const pictures = [
  { name: 'moving', test: arrow },
  { name: 'standing', test: disc(15) },
  { name: 'standing in a crowd', test: disc(9) },
  { name: 'without a fix', test: ring(15, 8) },
  { name: 'not on the roster', test: either(disc(11), ring(25, 6)) },
]
const widthPx = iconPx * pictures.length
const pixels = new Uint8Array(widthPx * iconPx * 2)
for (const [index, { test }] of pictures.entries()) {
  for (let y = 0; y < iconPx; y++) {
    for (let x = 0; x < iconPx; x++) {
      let inside = 0
      for (let n = 0; n < perPixel ** 2; n++) {
        const [dx, dy] = [(n % perPixel) + 0.5, Math.floor(n / perPixel) + 0.5]
        if (test(x + dx / perPixel, y + dy / perPixel)) inside += 1
      }
      const at = 2 * (y * widthPx + index * iconPx + x)
      pixels[at] = 255
      pixels[at + 1] = Math.round((255 * inside) / perPixel ** 2)
    }
  }
}
await writeFile(
  new URL('../public/icons/unit-marks.png', import.meta.url),
  greyAlphaPng(widthPx, iconPx, pixels),
)
