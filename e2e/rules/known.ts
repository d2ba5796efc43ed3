/*
 * What the wall still owes its rules: each entry is a place to mend, and the tests hold the list to what is there, so
 * that it can only shrink.
 */

/** H4: colours written outside of the token files, by file. */
export const colourLiterals: Readonly<Record<string, number>> = {}

/** What is found, as a rule says it: a place, a text, and how far it is off. */
export const known: Readonly<Record<Rule, readonly RegExp[]>> = {
  tooSmall: [],
  tooFaint: [],
  reflown: [],
  tooBright: [],
}
type Rule = 'tooSmall' | 'tooFaint' | 'reflown' | 'tooBright'

/** Of what a rule has found, what nobody knew. */
export const unknownTo = (owed: readonly RegExp[], found: readonly string[]): string[] =>
  found.filter((one) => !owed.some((each) => each.test(one)))
