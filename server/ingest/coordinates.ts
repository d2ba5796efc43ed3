/** The systems that a sender may name in `crs`; what is stored is always WGS-84. */
export const coordinateSystems = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const
export type CoordinateSystem = (typeof coordinateSystems)[number]

/** Longitude and latitude, degrees. */
export type LonLat = [lon: number, lat: number]

const { sin, cos, sqrt, abs, hypot, atan2, PI } = Math

const semiMajorM = 6378245
const eccentricitySquared = 0.006693421622965943

/** What the inverse may be off by rounding: 0.1 mm on the ground. */
const roundingDeg = 1e-9

const toRadians = (degrees: number) => (degrees * PI) / 180

/** The box knows no border: Laos and Myanmar lie in it and are shifted as well. */
const insideBox = ([lon, lat]: LonLat, marginDeg = 0) =>
  lon >= 73.66 - marginDeg &&
  lon <= 135.05 + marginDeg &&
  lat >= 3.86 - marginDeg &&
  lat <= 53.55 + marginDeg

/** Metres; each part is an amplitude and half its wavelength, degrees. */
const waves = (x: number, ...parts: [amplitudeM: number, halfWaveDeg: number][]) =>
  parts.reduce((sumM, [m, halfWaveDeg]) => sumM + (m * sin((x / halfWaveDeg) * PI) * 2) / 3, 0)

/** The published GCJ-02 formula, without its box. */
const shifted = ([lon, lat]: LonLat): LonLat => {
  const x = lon - 105
  const y = lat - 35
  const rippleM = waves(x, [20, 1 / 6], [20, 1 / 2])
  const eastM =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * sqrt(abs(x)) +
    rippleM +
    waves(x, [20, 1], [40, 3], [150, 12], [300, 30])
  const northM =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * sqrt(abs(x)) +
    rippleM +
    waves(y, [20, 1], [40, 3], [160, 12], [320, 30])
  const flattening = 1 - eccentricitySquared * sin(toRadians(lat)) ** 2
  const meridianM = (semiMajorM * (1 - eccentricitySquared)) / flattening ** 1.5
  const parallelM = (semiMajorM / sqrt(flattening)) * cos(toRadians(lat))
  return [lon + eastM / toRadians(parallelM), lat + northM / toRadians(meridianM)]
}

/** GCJ-02 of a WGS-84 point. */
export const gcj02Of = (point: LonLat): LonLat => (insideBox(point) ? shifted(point) : point)

/** BD-09 of a GCJ-02 point. */
export const bd09Of = ([lon, lat]: LonLat): LonLat => {
  const radius = hypot(lon, lat) + 0.00002 * sin(toRadians(lat * 3000))
  const angle = atan2(lat, lon) + 0.000003 * cos(toRadians(lon * 3000))
  return [radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006]
}

/** Each round divides the error by 100 or more: eight leave nothing, and a bound never hangs the door. */
const invert = (forward: (point: LonLat) => LonLat, [lon, lat]: LonLat): LonLat => {
  let [x, y] = [lon, lat]
  for (let round = 0; round < 8; round++) {
    const [gotLon, gotLat] = forward([x, y])
    x -= gotLon - lon
    y -= gotLat - lat
  }
  return [x, y]
}

/** The formula is followed a little beyond the box, and the box then asked of the result. */
const fromGcj02 = (point: LonLat): LonLat => {
  if (!insideBox(point, 0.02)) return point
  const original = invert(shifted, point)
  return insideBox(original, roundingDeg) ? original : point
}

/** The WGS-84 point of what a sender gave, degrees. CGCS2000 differs by centimetres and is taken as it is. */
export const toWgs84 = (lon: number, lat: number, crs: CoordinateSystem): LonLat => {
  if (crs === 'gcj02') return fromGcj02([lon, lat])
  if (crs === 'bd09') return fromGcj02(invert(bd09Of, [lon, lat]))
  return [lon, lat]
}
