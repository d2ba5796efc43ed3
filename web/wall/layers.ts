/** Layers in the order of the digits that put them on and off. A topic that is not named here comes after them. */
const order = ['incidents', 'units', 'patrols', 'grid-cells', 'anti-fraud']

/** The names of all layers of the map: the topics' that have one, and the units of the track lane. */
export const layerNames = (topics: readonly string[]): string[] => {
  const all = [...topics, 'units']
  const known = order.filter((name) => all.includes(name))
  return [...known, ...all.filter((name) => !order.includes(name)).sort()]
}

/** Which layers an address hides: `?layers=incidents,units` shows these two alone. */
export const hiddenBy = (wanted: readonly string[] | null, names: readonly string[]): string[] =>
  wanted === null ? [] : names.filter((name) => !wanted.includes(name))

/** The topic that a layer's file belongs to: `patrols` of `…/patrols/patrols.layer.ts`. */
export const topicOfLayer = (path: string): string =>
  /([^/]+)\/[^/]+\.layer\.ts$/.exec(path)?.[1] ?? path
