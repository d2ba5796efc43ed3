const watched = [
  Object.prototype,
  Array.prototype,
  String.prototype,
  Function.prototype,
  Map.prototype,
]
const before = watched.map((each) => Reflect.ownKeys(each).length)

/** Throws when an input has written into what all objects inherit from. */
export const wantsNoPollution = (): void => {
  for (const [index, each] of watched.entries()) {
    if (Reflect.ownKeys(each).length !== before[index])
      throw new Error(`a prototype was polluted: ${Reflect.ownKeys(each).map(String).join(' ')}`)
  }
}
