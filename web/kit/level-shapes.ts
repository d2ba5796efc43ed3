/** The signs of the levels, drawn in a square of 20 by 20. */
export const levelShapes: Record<number, string> = {
  1: 'M10 0 20 10 10 20 0 10Z',
  2: 'M10 1.5 19.5 18.5H.5Z',
  3: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15Z',
  4: 'M6 6h8v8H6Z',
}
