/** One text of one file, put in place of another. */
export interface Edit {
  file: string
  /** stands in the file exactly once */
  find: string
  replace: string
}

/** A way in which the product could be broken, and the tests that must notice. */
export interface Mutant {
  name: string
  /** what would be lost: the promise, as in docs/break.md */
  promise: string
  edits: readonly Edit[]
  /** vitest's project, files, and the start of the names of the tests that are enough */
  tests: { project: 'unit' | 'e2e'; files: readonly string[]; named?: string }
  /** how the failure begins, where another one would prove nothing */
  says?: RegExp
}

/** The file's text with the edit made. Throws where the text to be replaced is not there once. */
export const edited = (text: string, { file, find, replace }: Edit): string => {
  const times = text.split(find).length - 1
  if (times !== 1) throw new Error(`${file}: ${times} times, not once: ${find}`)
  return text.replace(find, () => replace)
}
