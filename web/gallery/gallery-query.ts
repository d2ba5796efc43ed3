import type { Lang } from '#web/kit/lang.ts'
import type { SceneName as WallScene } from '../wall/scenes/scene.ts'
import { isSceneName } from '../wall/scenes/scenes.ts'
import { type SceneName, sceneNames } from './told-scenes.ts'

/**
 * What the gallery's address may say: `?wall=overview&scene=busy` shows a whole wall, `?panel=incidents.queue` one panel,
 * nothing the sheet of all panels. `&scene=` and `&lang=` may each name several, parted by commas.
 */
export interface GalleryQuery {
  shows: 'wall' | 'panel' | 'sheet'
  /** the wall's own scene, such as `border` */
  wall: WallScene
  panel: string | null
  /** at least one */
  scenes: readonly SceneName[]
  langs: readonly Lang[]
  audience: string
  /** CSS px of one panel; null: what a wall of the window's size would give it */
  widthPx: number | null
  /** the clock stands still at the scene's now, unless `&clock=running` */
  isFrozen: boolean
}

const langs: readonly Lang[] = ['zh', 'en']

const named = <Name extends string>(text: string | null, all: readonly Name[]): Name[] =>
  all.filter((name) => text?.split(',').includes(name))

export const readGalleryQuery = (search: string): GalleryQuery => {
  const query = new URLSearchParams(search)
  const panel = query.get('panel')
  const wall = query.get('wall') ?? ''
  const shows = query.has('wall') ? 'wall' : panel ? 'panel' : 'sheet'
  const scenes = named(query.get('scene'), sceneNames)
  const wanted = named(query.get('lang'), langs)
  const widthPx = Number(query.get('width'))
  const isSheet = shows === 'sheet'
  return {
    shows,
    wall: isSceneName(wall) ? wall : 'overview',
    panel,
    scenes: scenes.length > 0 ? scenes : isSheet ? ['quiet', 'flood'] : ['busy'],
    langs: wanted.length > 0 ? wanted : isSheet ? langs : ['zh'],
    audience: query.get('audience') ?? 'wall',
    widthPx: widthPx > 0 && Number.isFinite(widthPx) ? widthPx : null,
    isFrozen: query.get('clock') !== 'running',
  }
}
