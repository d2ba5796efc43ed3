/**
 * The name of an alarm: made of what it is about and when that began, so that the same is never raised twice; and
 * telling neither to whoever may only know that it stands. Two hashes of 32 bits (FNV-1a, from two beginnings).
 */
export const nameOf = (rule: string, subject: string, sinceMs: number): string => {
  const text = `${rule} ${subject} ${sinceMs}`
  let one = 0x811c9dc5
  let other = 0x9747b28c
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code, 0x85ebca6b)
    other ^= other >>> 13
  }
  return (one >>> 0).toString(36).padStart(7, '0') + (other >>> 0).toString(36).padStart(7, '0')
}
