import { expect, it } from 'vitest'
import { shapeOf } from './shape.ts'
import { createServer } from './simulated-server.ts'
import { createStage } from './stage.ts'
import { createStorage } from './storage.ts'

const started = async () => {
  const stage = createStage(shapeOf(1), false)
  stage.isCalm = true
  const storage = createStorage(stage)
  const server = createServer(stage, storage)
  await server.start()
  return { storage, server }
}

it('hears of a message that the feed fails on', async () => {
  const { server } = await started()
  const line = server.core!.hub.join({ send() {}, close() {}, terminate() {} })
  line.text('{}')
  server.check()
  const failing = server.core!.hub.join({
    send() {
      throw new Error('planted')
    },
    close() {},
    terminate() {},
  })
  expect(() => failing.text('{"kind":"ping"}')).toThrow('planted')
  expect(server.check).toThrow(/^the feed fails on no screen's message\n.*planted/)
  expect(server.kill).toThrow("the feed fails on no screen's message")
})

it('is told of a stop that does not end, or ends in a fault, unless the disk is ill', async () => {
  const hanging = await started()
  hanging.server.core!.journal.close = () => new Promise(() => {})
  await expect(hanging.server.stop()).rejects.toThrow('ends when told\nunder way')

  const failing = await started()
  failing.server.core!.journal.close = () => Promise.reject(new Error('planted'))
  await expect(failing.server.stop()).rejects.toThrow('ends when told\nError: planted')

  const ill = await started()
  ill.storage.disk.fault = 'simulated ENOSPC'
  ill.server.core!.journal.close = () => Promise.reject(new Error('planted'))
  await ill.server.stop()
  expect(ill.server.core).toBeNull()
})
