import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPretendWall, servePretendWall } from './pretend-wall.ts'

const script = fileURLToPath(new URL('main.ts', import.meta.url))
const wall = openPretendWall()
// Not empty, so that a day of history is enough.
wall.rows.push({ id: 'x', type: 'x', at: 1, source: 'other', body: {}, isLive: true })
let served: Awaited<ReturnType<typeof servePretendWall>>
beforeAll(async () => {
  served = await servePretendWall(wall)
})
afterAll(() => served.close())

/** Starts the mock as the server does; `said` grows with what it says. */
const start = (settings: Record<string, string> = {}) => {
  const env = { ...process.env, WANGLOU_URL: served.url, WANGLOU_INGEST_TOKEN: 'token' }
  const child = fork(script, { env: { ...env, ...settings }, silent: true })
  const output = { said: '' }
  child.stdout!.on('data', (chunk) => (output.said += chunk))
  child.stderr!.on('data', (chunk) => (output.said += chunk))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const says = async (words: string) => {
    while (!output.said.includes(words)) await once(child.stdout!, 'data')
  }
  return { child, output, exited, says }
}

describe('the mock as a process', { timeout: 20_000 }, () => {
  test('goes when its parent goes', async () => {
    const { child, exited, says, output } = start()
    await says('history since')
    child.disconnect()
    expect(await exited).toBe(0)
    expect(output.said.trim().split('\n').at(-1)).toBe('mock: stopped')
    expect(wall.rows.length).toBeGreaterThan(1000)
  })

  test('goes when it is told to', async () => {
    const { child, exited, says } = start()
    await says('history since')
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
  })

  test.each([
    [{ WANGLOU_INGEST_TOKEN: 'wrong' }, 'answered 401'],
    [{ WANGLOU_MOCK_SEED: 'x' }, 'WANGLOU_MOCK_SEED must be a whole number, not x'],
    [{ WANGLOU_MOCK_SPEED: '0.5' }, 'WANGLOU_MOCK_SPEED must be a whole number from 1 to 100'],
  ])('says in a sentence why it cannot go on: %j', async (settings, sentence) => {
    const { exited, output } = start(settings)
    expect(await exited).toBe(1)
    expect(output.said).toContain(sentence)
  })
})
