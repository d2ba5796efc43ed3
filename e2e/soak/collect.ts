import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

/** Put before a server by `NODE_OPTIONS=--import`: it then collects its garbage whenever it is sent SIGWINCH. */
if (isMainThread) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  process.on('SIGWINCH', () => collect())
}
