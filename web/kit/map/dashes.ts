type Place = [number, number]

/** Lengths of a pattern in turn: drawn, left out, drawn …; a short one with round ends is a dot. */
export type Pattern = readonly number[]

/**
 * Cuts a line into the drawn pieces of a pattern, whose lengths are degrees of longitude. The pattern is stretched
 * a little so that a line begins and ends with its first piece, whole.
 */
export const dashed = (line: readonly Place[], pattern: Pattern): Place[][] => {
  const period = pattern.reduce((sum, length) => sum + length, 0)
  const squeeze = 1 / Math.cos(((line[0]?.[1] ?? 0) * Math.PI) / 180)
  const lengthOf = (a: Place, b: Place) => Math.hypot(b[0] - a[0], (b[1] - a[1]) * squeeze)
  const whole = line.reduce((sum, to, i) => sum + (i > 0 ? lengthOf(line[i - 1]!, to) : 0), 0)
  const turns = Math.round((whole - pattern[0]!) / period)
  if (turns < 1) return line.length > 1 ? [[...line]] : []
  const stretch = whole / (turns * period + pattern[0]!)
  const pieces: Place[][] = []
  let step = 0
  let left = pattern[0]! * stretch
  let piece: Place[] | null = [line[0]!]
  for (let i = 1; i < line.length; i++) {
    let from = line[i - 1]!
    const to = line[i]!
    for (let rest = lengthOf(from, to); rest > 0; ) {
      const share = Math.min(1, left / rest)
      const at: Place = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
      piece?.push(at)
      if (share === 1 && left > rest) {
        left -= rest
        break
      }
      rest -= left
      from = at
      if (piece) pieces.push(piece)
      step = (step + 1) % pattern.length
      left = pattern[step]! * stretch
      piece = step % 2 === 0 ? [at] : null
    }
  }
  // what rounding has left of the last piece
  if (piece && piece.length > 1) pieces.push(piece)
  return pieces
}
