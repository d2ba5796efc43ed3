import { expect, test } from 'vitest'
import { createWallRouter, pathOf, sceneOf } from './router.ts'
import { sceneNames } from './scenes/scene.ts'

test('each scene has an address, and the address is of that scene', () => {
  for (const name of sceneNames) expect(sceneOf(pathOf(name))).toBe(name)
  expect(pathOf('overview')).toBe('/wall')
})

test.each(['/', '/wall/nowhere', '/wall/border/more', '/wall/overview', '/other'])(
  '%s is the overview, and its query is kept',
  async (path) => {
    const router = createWallRouter('/gallery')
    await router.push(`${path}?lang=en`)
    expect(router.currentRoute.value.fullPath).toBe('/wall?lang=en')
  },
)

test('a scene’s own address is kept as it is', async () => {
  const router = createWallRouter('/gallery')
  await router.push('/wall/anti-fraud?lang=en')
  expect(router.currentRoute.value.fullPath).toBe('/wall/anti-fraud?lang=en')
})
