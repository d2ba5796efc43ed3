/*
 * What the wall still owes its rules: each entry is a place to mend, and the tests hold the list to what is there, so
 * that it can only shrink.
 */

/** H4: colours written outside of the token files, by file. */
export const colourLiterals: Readonly<Record<string, number>> = {
  // canvas atlases cannot read a custom property
  'topics/grid-cells/status-shapes.ts': 6,
  'topics/incidents/incidents.layer.ts': 1,
  'web/kit/level-shapes.ts': 4,
  // layers of the map, whose colours want to stand in map-colours.ts
  'topics/anti-fraud/anti-fraud.layer.ts': 1,
  'topics/patrols/patrols.layer.ts': 2,
  'web/wall/unit-layer.ts': 4,
  // greys that want a token
  'topics/anti-fraud/anti-fraud.measures.panel.vue': 1,
  'web/kit/figure.vue': 1,
  'web/kit/panel.vue': 2,
}

/** What is found, as a rule says it: a place, a text, and how far it is off. */
export const known: Readonly<Record<Rule, readonly RegExp[]>> = {
  // a figure within a sentence has the size of its words
  tooSmall: [
    /^(incidents|patrols|grid-cells|anti-fraud)\.\w+ "[<\d,.]+": 16\.\d′ of 20′$/,
    /^alarms\.zone "[^"]*": 16\.\d′ of 20′$/,
  ],
  tooFaint: [],
  // within its place, which is kept, the panel is as high as what it says
  reflown: [/^alarms\.zone: /],
  // the centre's name
  tooBright: [/^wall-header head /],
}
type Rule = 'tooSmall' | 'tooFaint' | 'reflown' | 'tooBright'

/** Of what a rule has found, what nobody knew. */
export const unknownTo = (owed: readonly RegExp[], found: readonly string[]): string[] =>
  found.filter((one) => !owed.some((each) => each.test(one)))
