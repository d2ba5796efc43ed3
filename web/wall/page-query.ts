import type { Lang } from '#web/kit/lang.ts'
import type { Viewing } from '#web/kit/type-scale.ts'

/**
 * What the page's address may say: `/wall/border?lang=en&audience=visitor&viewer=8000&pitch=1.8&layers=incidents,units`.
 * What it does not say may be saved under the screen's name.
 */
export interface PageQuery {
  lang: Lang
  audience: string
  /** what this screen is called where faults are told: letters, digits, `.`, `_`, `-`, at most 32 */
  screen: string
  /** mm; absent: by what is likely for the size */
  viewing: Partial<Viewing>
  /** layers of the map to show; null: those of the scene */
  layers: readonly string[] | null
  /** `overview:60,border:30`: scenes that take turns, s each; `on`: the usual ones; null: none */
  rotate: string | null
  /** `day`, `night`, or by the time of day */
  dim: 'auto' | 'day' | 'night'
  /** where the wall is joined from several screens, as `readSeams` has it; null: nowhere */
  seams: string | null
  /** alarms may be heard */
  sound: boolean
}

const positive = (text: string | null): number | undefined => {
  const value = Number(text)
  return value > 0 && Number.isFinite(value) ? value : undefined
}

/** `?panels=4x2&bezel=20` is another way to say `?seams=4x2:20`. */
const panelsOf = (query: URLSearchParams): string | null => {
  const panels = query.get('panels')
  return panels === null ? null : `${panels}:${query.get('bezel') ?? 0}`
}

export const readQuery = (search: string): PageQuery => {
  const query = new URLSearchParams(search)
  const viewerMm = positive(query.get('viewer'))
  const pitchMm = positive(query.get('pitch'))
  const dim = query.get('dim')
  return {
    lang: query.get('lang') === 'en' ? 'en' : 'zh',
    audience: query.get('audience') ?? 'wall',
    screen: (query.get('screen') ?? '').replace(/[^\p{L}\p{N}._-]/gu, '').slice(0, 32),
    layers: query.get('layers')?.split(',') ?? null,
    rotate: query.get('rotate'),
    dim: dim === 'day' || dim === 'night' ? dim : 'auto',
    seams: query.get('seams') ?? panelsOf(query),
    sound: query.get('sound') === 'on',
    viewing: {
      ...(viewerMm === undefined ? {} : { viewerMm }),
      ...(pitchMm === undefined ? {} : { pitchMm }),
    },
  }
}
