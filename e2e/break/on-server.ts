import { createServerProcess, type ServerProcess } from '../server-process.ts'

interface Stoppable {
  stop(): unknown
}

/**
 * Does `work` to a server of its own, and afterwards ends what `own` was told of, last first, then the server. What the
 * standing checkers say then is a fault of the work too; but the work's own fault is the one that is thrown.
 */
export const onServer = async <Result>(
  env: Record<string, string>,
  work: (
    server: ServerProcess,
    own: <Thing extends Stoppable>(thing: Thing) => Thing,
  ) => Promise<Result>,
): Promise<Result> => {
  const server = await createServerProcess(env)
  const owned: Stoppable[] = [{ stop: () => server.remove() }]
  const faults: unknown[] = []
  let result: Result
  try {
    await server.start()
    result = await work(server, (thing) => {
      owned.push(thing)
      return thing
    })
  } catch (fault) {
    faults.push(fault)
  }
  for (const thing of owned.reverse()) {
    try {
      await thing.stop()
    } catch (fault) {
      faults.push(fault)
    }
  }
  if (faults.length > 0) throw faults[0]
  return result!
}
