import '@fontsource/barlow/latin-400.css'
import '@fontsource/barlow/latin-500.css'
import '@fontsource/barlow/latin-600.css'
import 'virtual:wall-fonts.css'
import './kit/tokens.css'
import { openFeedSocket } from './feed/socket.ts'
import { browserTicker, onShown } from './store/frame.ts'
import { mountWall } from './wall/mount-wall.ts'
import { readQuery } from './wall/page-query.ts'

await mountWall(readQuery(location.search), {
  open: openFeedSocket,
  ticker: browserTicker,
  isVisible: () => document.visibilityState === 'visible',
  onShown,
  random: Math.random,
})
