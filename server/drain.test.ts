import { expect, it } from 'vitest'
import { type Closing, closeAll } from './drain.ts'

const close = async (closings: Record<string, Closing[1]>) => {
  const said: string[] = []
  await closeAll(Object.entries(closings), (line) => said.push(line))
  return said
}

it('closes in turn, and has nothing to say', async () => {
  const closed: string[] = []
  const slow = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    closed.push('slow')
  }
  expect(await close({ slow, fast: () => closed.push('fast') })).toEqual([])
  expect(closed).toEqual(['slow', 'fast'])
})

it('says what failed in one line, and closes the rest', async () => {
  let isLastClosed = false
  const said = await close({
    'The journal': () => Promise.reject(new Error('no room')),
    'The lock': () => {
      throw 'gone'
    },
    'The listener': () => {
      isLastClosed = true
    },
  })
  expect(isLastClosed).toBe(true)
  expect(said).toEqual(['The journal did not close: no room', 'The lock did not close: gone'])
})
