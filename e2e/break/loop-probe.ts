import { isMainThread } from 'node:worker_threads'

/**
 * Loaded into a server under test: prints what its main thread needed between two looks, in processor time, which holds
 * on a machine that others use too. Where nothing holds the event loop, no look comes late. Its first line says that it is
 * there.
 */
const lookEveryMs = 5
const worthTellingMs = 10

if (isMainThread) {
  process.stderr.write('loop-probe 0\n')
  let before = process.threadCpuUsage()
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(before)
    before = process.threadCpuUsage()
    const ms = (user + system) / 1000
    if (ms >= worthTellingMs) process.stderr.write(`loop-probe ${ms.toFixed(1)}\n`)
  }, lookEveryMs).unref()
}
