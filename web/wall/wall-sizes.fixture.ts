/** The shapes of wall that are looked at, px: usual ones, and odd ones that people have. */
export const wallSizes = [
  [1920, 1080],
  [3840, 1080],
  [3840, 2160],
  [5760, 1080],
  [7680, 2160],
  [4608, 1728],
  [6656, 1792],
  [1080, 1920],
] as const
