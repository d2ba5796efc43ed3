import { createMemoryHistory, createRouter, createWebHistory, type Router } from 'vue-router'
import { type SceneName, sceneNames } from './scenes/scene.ts'
import { isSceneName } from './scenes/scenes.ts'

const nothing = { render: () => null }

/** `/wall` for the overview, `/wall/border` and so on for the others. */
export const pathOf = (scene: SceneName): string =>
  scene === sceneNames[0] ? '/wall' : `/wall/${scene}`

/** The scene of an address; one that there is not is the overview. */
export const sceneOf = (path: string): SceneName => {
  const [, name = ''] = /^\/wall\/([^/]+)\/?$/.exec(path) ?? []
  return isSceneName(name) ? name : 'overview'
}

/** The wall's addresses. A page that is not a wall's own, such as the gallery, keeps its address. */
export const createWallRouter = (pagePath: string): Router =>
  createRouter({
    history: /^\/(wall(\/|$)|$)/.test(pagePath) ? createWebHistory() : createMemoryHistory(),
    routes: [
      { path: '/wall', component: nothing },
      {
        path: `/wall/:scene(${sceneNames.filter((name) => name !== 'overview').join('|')})`,
        component: nothing,
      },
      { path: '/:other(.*)*', redirect: ({ query }) => ({ path: '/wall', query }) },
    ],
  })
