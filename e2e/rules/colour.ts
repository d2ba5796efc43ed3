/** sRGB, 0–255. */
export type Rgb = readonly [red: number, green: number, blue: number]
type Triple = readonly [number, number, number]

/** `#ff4d4d` */
export const rgbOfHex = (hex: string): Rgb => {
  const at = (start: number) => Number.parseInt(hex.slice(start, start + 2), 16)
  return [at(1), at(3), at(5)]
}

/** IEC 61966-2-1. */
const linear = (channel: number): number => {
  const part = channel / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
const encoded = (part: number): number => {
  const within = Math.min(1, Math.max(0, part))
  return 255 * (within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055)
}

/** Relative luminance, 0–1 (WCAG 2.2). */
export const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

/** Contrast of two colours, 1–21 (WCAG 2.2). */
export const contrast = (one: Rgb, other: Rgb): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** HSV saturation above 0.5 and value above 0.4: what H4 calls saturated. */
export const isSaturated = (red: number, green: number, blue: number): boolean => {
  const most = Math.max(red, green, blue)
  return most > 0.4 * 255 && most - Math.min(red, green, blue) > 0.5 * most
}

const times = (rows: readonly Triple[], by: Triple): Triple =>
  rows.map((row) => row[0] * by[0] + row[1] * by[1] + row[2] * by[2]) as unknown as Triple

/**
 * How four kinds of eyes see a colour, the last three at full severity: Machado, Oliveira, Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, table 1; on linear RGB.
 */
export const visions = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, readonly Triple[]>
export type Vision = keyof typeof visions

export const seenBy = (vision: Vision, [red, green, blue]: Rgb): Rgb =>
  times(visions[vision], [linear(red), linear(green), linear(blue)]).map(encoded) as unknown as Rgb

/** CIE 1976 L*a*b*, white D65. */
export const labOf = ([red, green, blue]: Rgb): Triple => {
  const [x, y, z] = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    [linear(red), linear(green), linear(blue)],
  )
  const f = (part: number) =>
    part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)]
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
}

const degrees = (radians: number) => (radians * 180) / Math.PI
const radians = (angle: number) => (angle * Math.PI) / 180
const hueOf = (a: number, b: number): number =>
  a === 0 && b === 0 ? 0 : (degrees(Math.atan2(b, a)) + 360) % 360

/**
 * CIEDE2000 of two L*a*b* colours: Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference Formula: Implementation Notes,
 * Supplementary Test Data, and Mathematical Observations", Color Research and Application 30(1), 2005.
 */
export const deltaE2000 = ([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number => {
  const meanC7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7
  const g = 0.5 * (1 - Math.sqrt(meanC7 / (meanC7 + 25 ** 7)))
  const [wide1, wide2] = [(1 + g) * a1, (1 + g) * a2]
  const [c1, c2] = [Math.hypot(wide1, b1), Math.hypot(wide2, b2)]
  const [h1, h2] = [hueOf(wide1, b1), hueOf(wide2, b2)]
  const isGrey = c1 * c2 === 0
  const apart = h2 - h1
  const turn = isGrey ? 0 : apart > 180 ? apart - 360 : apart < -180 ? apart + 360 : apart
  const meanL = (l1 + l2) / 2
  const meanC = (c1 + c2) / 2
  const sum = h1 + h2
  const meanH = isGrey
    ? sum
    : Math.abs(apart) <= 180
      ? sum / 2
      : sum < 360
        ? (sum + 360) / 2
        : (sum - 360) / 2
  const t =
    1 -
    0.17 * Math.cos(radians(meanH - 30)) +
    0.24 * Math.cos(radians(2 * meanH)) +
    0.32 * Math.cos(radians(3 * meanH + 6)) -
    0.2 * Math.cos(radians(4 * meanH - 63))
  const rotation =
    -Math.sin(radians(60 * Math.exp(-(((meanH - 275) / 25) ** 2)))) *
    2 *
    Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7))
  const lightness =
    (l2 - l1) / (1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2))
  const chroma = (c2 - c1) / (1 + 0.045 * meanC)
  const hue = (2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2))) / (1 + 0.015 * meanC * t)
  return Math.sqrt(lightness ** 2 + chroma ** 2 + hue ** 2 + rotation * chroma * hue)
}
