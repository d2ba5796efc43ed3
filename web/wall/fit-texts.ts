/** Between two texts of a strip, in sizes of a word. */
const gapEm = 1.5

/** About how wide a text is: Han are square, the rest is about half as wide. */
const widthEm = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (sign > '\u2e80' ? 1 : 0.54), 0)

/** How many of the texts, from the first on, stand beside each other in the room; at least one. */
export const fitTexts = (texts: readonly string[], roomEm: number): number => {
  let takenEm = 0
  const tooMuch = texts.findIndex((text) => {
    takenEm += widthEm(text) + gapEm
    return takenEm > roomEm
  })
  return tooMuch === -1 ? texts.length : Math.max(1, tooMuch)
}
