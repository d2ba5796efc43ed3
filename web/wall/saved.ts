import type { PageQuery } from './page-query.ts'

type Settings = Pick<PageQuery, 'viewing' | 'rotate' | 'seams'>
type Kept = Pick<Storage, 'getItem' | 'setItem'>

const keyOf = (screen: string) => `wanglou ${screen}`

const read = (storage: Kept, screen: string): Partial<Settings> => {
  try {
    const saved: unknown = JSON.parse(storage.getItem(keyOf(screen)) ?? '{}')
    return typeof saved === 'object' && saved !== null ? saved : {}
  } catch {
    // spoilt, or a browser that keeps nothing: as if nothing had been saved
    return {}
  }
}

const numbersOf = (viewing: unknown): Settings['viewing'] =>
  Object.fromEntries(
    Object.entries(viewing ?? {}).filter(
      ([name, value]) =>
        ['viewerMm', 'pitchMm'].includes(name) && typeof value === 'number' && value > 0,
    ),
  )
const textOf = (text: unknown): string | null => (typeof text === 'string' ? text : null)

/**
 * Where a screen hangs does not change from day to day: what an address says of it is kept under the screen's name, and
 * holds for an address that says nothing.
 */
export const withSaved = (query: PageQuery, storage: Kept): PageQuery => {
  const saved = read(storage, query.screen)
  const settings: Settings = {
    viewing: { ...numbersOf(saved.viewing), ...query.viewing },
    rotate: query.rotate ?? textOf(saved.rotate),
    seams: query.seams ?? textOf(saved.seams),
  }
  try {
    storage.setItem(keyOf(query.screen), JSON.stringify(settings))
  } catch {
    // a full or forbidden store: the address has to say it every time
  }
  return { ...query, ...settings }
}
