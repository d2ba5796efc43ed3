import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { topics } from '#topics/index.ts'
import { useWall, type WallOptions } from '../store/wall.ts'
import type { PageQuery } from './page-query.ts'
import { createWallRouter, pathOf } from './router.ts'
import { withSaved } from './saved.ts'
import type { SceneName } from './scenes/scene.ts'
import { createWords } from './translations.ts'
import Wall from './wall.vue'

/** Where a wall gets its events, its pictures and its time from: a server and a browser, or a fixture. */
export type WallWorld = Omit<WallOptions, 'topics' | 'audience' | 'screen'>

/** Puts the wall of an address into `#wall`, fed from the given world; a scene is named where the address does not. */
export const mountWall = async (
  asked: PageQuery,
  world: WallWorld,
  scene?: SceneName,
): Promise<void> => {
  const query = withSaved(asked, localStorage)
  document.documentElement.lang = query.lang === 'zh' ? 'zh-CN' : 'en'
  const app = createApp(Wall, { query })
  const router = createWallRouter(location.pathname)
  app.use(createPinia()).use(createWords(query.lang)).use(router)
  if (scene) void router.replace(pathOf(scene))
  useWall().start({ ...world, topics, audience: query.audience, screen: query.screen })
  // the map keeps the glyphs that it drew first: let its digits be there, but wait for nobody
  const latinFonts = [400, 500, 600].map((weight) => document.fonts.load(`${weight} 1em Barlow`))
  const patience = new Promise((resolve) => setTimeout(resolve, 1500))
  await Promise.race([Promise.allSettled([...latinFonts, router.isReady()]), patience])
  app.mount('#wall')
}
