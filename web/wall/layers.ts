/** Layers in the order of the digits that put them on and off. A topic that is not named here comes after them. */
const order = ['incidents', 'units', 'patrols', 'grid-cells', 'anti-fraud']

/** The names of all layers of the map: the topics' that have one, and the units of the track lane. */
export const layerNames = (topics: readonly string[]): string[] => {
  const all = [...topics, 'units']
  const known = order.filter((name) => all.includes(name))
  return [...known, ...all.filter((name) => !order.includes(name)).sort()]
}

/** Nothing of these reaches such a screen that could lie on a map. */
const withoutPlaces: Record<string, readonly string[]> = { visitor: ['incidents', 'units'] }

/** Of the layers, those that an audience has: a layer of a topic that it does not fold would be empty, or wrong. */
export const layersFor = (
  audience: string,
  names: readonly string[],
  isServed: (topic: string) => boolean,
): string[] => names.filter((name) => !isServed(name) && !withoutPlaces[audience]?.includes(name))

/** Which layers an address hides: `?layers=incidents,units` shows these two alone. */
export const hiddenBy = (wanted: readonly string[] | null, names: readonly string[]): string[] =>
  wanted === null ? [] : names.filter((name) => !wanted.includes(name))

/** The topic that a layer's file belongs to: `patrols` of `…/patrols/patrols.layer.ts`. */
export const topicOfLayer = (path: string): string =>
  /([^/]+)\/[^/]+\.layer\.ts$/.exec(path)?.[1] ?? path
