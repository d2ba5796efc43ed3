import divisions from './divisions.json'
import type { Lang } from './lang.ts'

const names: Record<string, Record<Lang, string>> = divisions

/** The name of a county or township, as short as it stays unambiguous; the code where it is unknown. */
export const divisionName = (code: string, lang: Lang): string => names[code]?.[lang] ?? code

/** A county's name where a line has no room to say that it is one. */
export const withoutKind = (name: string): string => name.replace(/ (County|City)$/, '')
