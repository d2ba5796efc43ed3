import { inflateSync } from 'node:zlib'

/** A picture, three bytes a pixel, row by row from the top. */
export interface Picture {
  widthPx: number
  heightPx: number
  rgb: Uint8Array
}

/** The Paeth predictor of the PNG specification, 9.4. */
const paeth = (left: number, above: number, aboveLeft: number): number => {
  const sum = left + above - aboveLeft
  const [byLeft, byAbove, byBoth] = [
    Math.abs(sum - left),
    Math.abs(sum - above),
    Math.abs(sum - aboveLeft),
  ]
  if (byLeft <= byAbove && byLeft <= byBoth) return left
  return byAbove <= byBoth ? above : aboveLeft
}

/** Reads a browser's screenshot: 8 bits a channel, with or without alpha, not interlaced. */
export const readPng = (png: Buffer): Picture => {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const [widthPx, heightPx] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const [bits, kind] = [png[24], png[25]]
  if (bits !== 8 || (kind !== 2 && kind !== 6) || png[28] !== 0)
    throw new RangeError('not a picture that a browser takes of itself')
  const step = kind === 6 ? 4 : 3
  const raw = inflateSync(Buffer.concat(parts))
  const rowBytes = widthPx * step
  const rgb = new Uint8Array(widthPx * heightPx * 3)
  let above = new Uint8Array(rowBytes)
  let row = new Uint8Array(rowBytes)
  for (let y = 0; y < heightPx; y++) {
    const start = y * (rowBytes + 1)
    const filter = raw[start]!
    for (let x = 0; x < rowBytes; x++) {
      const left = x >= step ? row[x - step]! : 0
      const up = above[x]!
      const upLeft = x >= step ? above[x - step]! : 0
      const guess =
        filter === 0
          ? 0
          : filter === 1
            ? left
            : filter === 2
              ? up
              : filter === 3
                ? (left + up) >> 1
                : paeth(left, up, upLeft)
      row[x] = raw[start + 1 + x]! + guess
    }
    for (let x = 0; x < widthPx; x++)
      for (let c = 0; c < 3; c++) rgb[3 * (y * widthPx + x) + c] = row[step * x + c]!
    ;[above, row] = [row, above]
  }
  return { widthPx, heightPx, rgb }
}
