import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { topics } from '#topics/index.ts'
import { likelyViewing, type TypeScale, typeScale } from '#web/kit/type-scale.ts'
import { useWall } from '#web/store/wall.ts'
import type { WallWorld } from '../wall/mount-wall.ts'
import { readQuery } from '../wall/page-query.ts'
import { createWords } from '../wall/translations.ts'
import './desk.css'
import { foundPanels } from './found-panels.ts'
import type { GalleryQuery } from './gallery-query.ts'
import PanelColumn from './panel-column.vue'
import SheetHead from './sheet-head.vue'
import type { SceneName } from './told-scenes.ts'

/** A word on the sheet, px: at arm's length, and in the wall's proportions. */
const sheetWordPx = 15
/** A panel's width on the sheet, in sizes of a word; columns of a wall have 18 to 27. */
const sheetWidthEm = 23

/** The sizes of a wall as large as the window, as its address has them. */
const wallScale = (): TypeScale => {
  const { viewing } = readQuery(location.search)
  return typeScale({ ...likelyViewing(innerWidth, innerHeight), ...viewing })
}

const smaller = (scale: TypeScale): TypeScale => {
  const by = sheetWordPx / scale.wordPx
  const { wordPx, valuePx, keyPx, heroPx } = scale
  const [word, value, key, hero] = [wordPx, valuePx, keyPx, heroPx].map((px) =>
    Math.round(px * by),
  ) as [number, number, number, number]
  return { wordPx: word, valuePx: value, keyPx: key, heroPx: hero }
}

/** Puts the panels that an address asks for into `#wall`: each scene in each language is a screen of its own. */
export const mountDesk = (query: GalleryQuery, world: (scene: SceneName) => WallWorld): void => {
  const isSheet = query.shows === 'sheet'
  const panels = isSheet ? foundPanels : foundPanels.filter(({ name }) => name === query.panel)
  const scale = isSheet ? smaller(wallScale()) : wallScale()
  const widthPx = query.widthPx ?? sheetWidthEm * scale.wordPx
  const columns = query.scenes.flatMap((scene) => query.langs.map((lang) => ({ scene, lang })))
  const root = document.querySelector<HTMLElement>('#wall')!
  document.documentElement.className = isSheet ? 'desk sheet' : 'desk'
  document.documentElement.lang = query.langs[0] === 'en' ? 'en' : 'zh-CN'
  const mount = (app: ReturnType<typeof createApp>) => {
    const host = document.createElement('div')
    host.className = 'host'
    root.append(host)
    app.mount(host)
  }
  if (isSheet) mount(createApp(SheetHead, { columns, panels: panels.map(({ name }) => name) }))
  root.style.setProperty('--columns', String(columns.length))
  root.style.setProperty('--column-px', `${widthPx}px`)
  const worlds = new Map(query.scenes.map((scene) => [scene, world(scene)]))
  for (const [index, { scene, lang }] of columns.entries()) {
    const pinia = createPinia()
    useWall(pinia).start({ ...worlds.get(scene)!, topics, audience: query.audience })
    const app = createApp(PanelColumn, { panels, scale, scene, place: isSheet ? index : null })
    mount(app.use(pinia).use(createWords(lang)))
  }
}
