import { expect, it } from 'vitest'
import { createSimulatedWorld } from '../simulated-world.ts'
import { createHandshake } from './handshake.ts'

const own = 'http://127.0.0.1:8080'
const setUp = () => {
  const world = createSimulatedWorld(1, 0)
  const handshake = createHandshake({
    clock: world.clock,
    origins: [own],
    isToken: (authorization) => authorization === 'Bearer right',
  })
  const ask = (over: { url?: string; origin?: string; authorization?: string }) =>
    handshake({ url: '/feed', origin: undefined, authorization: undefined, ...over }).status
  return { world, ask }
}

it('lets in pages of its own origin, and programs with the token', () => {
  const { ask } = setUp()
  expect(ask({ origin: own })).toBe(101)
  expect(ask({ origin: own, url: '/feed?x=1' })).toBe(101)
  expect(ask({ authorization: 'Bearer right' })).toBe(101)
})

it.each([
  'http://evil.example',
  'null',
  '',
  'http://127.0.0.1:8080.evil.example',
  'http://evil.127.0.0.1:8080',
  'http://127.0.0.1:80800',
  'https://127.0.0.1:8080',
  'http://127.0.0.1:8080/',
])('refuses the origin "%s", with the token too', (origin) => {
  expect(setUp().ask({ origin })).toBe(403)
  expect(setUp().ask({ origin, authorization: 'Bearer right' })).toBe(403)
})

it('refuses a program without the token, and every other path', () => {
  const { ask } = setUp()
  expect(ask({})).toBe(401)
  expect(ask({ authorization: 'Bearer wrong' })).toBe(401)
  for (const url of ['/', '//', '/feed/', '/feedx', '', '/%66eed'])
    expect(ask({ url, origin: own })).toBe(404)
})

it('slows a storm of handshakes down, and recovers', async () => {
  const { ask, world } = setUp()
  const storm = () => Array.from({ length: 500 }, () => ask({ origin: own }))
  expect(storm().filter((status) => status === 429)).toHaveLength(440)
  await world.pass(1000)
  expect(storm().filter((status) => status === 101)).toHaveLength(60)
})
