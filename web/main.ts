import '@fontsource/barlow/latin-400.css'
import '@fontsource/barlow/latin-500.css'
import '@fontsource/barlow/latin-600.css'
import '@fontsource/noto-sans-sc/400.css'
import '@fontsource/noto-sans-sc/500.css'
import '@fontsource/noto-sans-sc/600.css'
import './kit/tokens.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { topics } from '#topics/index.ts'
import { openFeedSocket } from './feed/socket.ts'
import { browserTicker, onShown } from './store/frame.ts'
import { useWall } from './store/wall.ts'
import { readQuery } from './wall/page-query.ts'
import { createWords } from './wall/translations.ts'
import Wall from './wall/wall.vue'

const query = readQuery(location.search)
document.documentElement.lang = query.lang === 'zh' ? 'zh-CN' : 'en'

const app = createApp(Wall, { viewing: query.viewing, layers: query.layers })
app.use(createPinia()).use(createWords(query.lang))
useWall().start({
  topics,
  audience: query.audience,
  screen: query.screen,
  isVisible: () => document.visibilityState === 'visible',
  onShown,
  open: openFeedSocket,
  ticker: browserTicker,
  random: Math.random,
})
// the map keeps the glyphs that it drew first: let its digits be there, but wait for nobody
const latinFonts = [400, 500, 600].map((weight) => document.fonts.load(`${weight} 1em Barlow`))
const patience = new Promise((resolve) => setTimeout(resolve, 1500))
await Promise.race([Promise.allSettled(latinFonts), patience])
app.mount('#wall')
