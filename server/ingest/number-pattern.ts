const fitsSign = (sign: string, wanted: string): boolean => {
  if (wanted === '#') return /[0-9]/.test(sign)
  if (wanted === '@') return /[A-Za-z]/.test(sign)
  if (wanted === '?') return /[A-Za-z0-9]/.test(sign)
  return sign === wanted
}

/** Whether a whole code looks as a pattern says: `#` a digit, `@` a Latin letter, `?` either, all else itself. */
export const fitsPattern = (code: string, pattern: string): boolean =>
  code.length === pattern.length &&
  Array.from(pattern).every((wanted, index) => fitsSign(code[index]!, wanted))

/** Remembers what each source has declared, for as long as one sending takes. */
export const oncePerSource = (patternsOf: (source: string) => readonly string[]) => {
  const known = new Map<string, readonly string[]>()
  return (source: string): readonly string[] => {
    const patterns = known.get(source) ?? patternsOf(source)
    known.set(source, patterns)
    return patterns
  }
}

/** Whether a code fits one of the patterns. */
export const fitsAny = (patterns: readonly string[]) => (code: string) =>
  patterns.some((pattern) => fitsPattern(code, pattern))
