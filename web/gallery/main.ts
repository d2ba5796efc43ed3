import '@fontsource/barlow/latin-400.css'
import '@fontsource/barlow/latin-500.css'
import '@fontsource/barlow/latin-600.css'
import 'virtual:wall-fonts.css'
import '../kit/tokens.css'
import { topics } from '#topics/index.ts'
import { scenes } from '#topics/scenes.ts'
import { readQuery } from '../wall/page-query.ts'
import { openFixture } from './fixture-feed.ts'
import { readGalleryQuery } from './gallery-query.ts'

const query = readGalleryQuery(location.search)
const { shows, isFrozen } = query
const world = (scene: (typeof query.scenes)[number]) =>
  openFixture({ topics, scenes, scene, isFrozen })

if (shows === 'wall') {
  const { mountWall } = await import('../wall/mount-wall.ts')
  await mountWall(readQuery(location.search), world(query.scenes[0]!), query.wall)
} else {
  const { mountDesk } = await import('./mount-desk.ts')
  mountDesk(query, world)
}
