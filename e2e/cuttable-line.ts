import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A TCP line between a screen and the server that a test can cut, and mend. */
export interface CuttableLine {
  url: string
  /** Ends every connection and refuses new ones until `mend`. */
  cut(): void
  mend(): void
  close(): void
}

export const openLine = async (port: number, serverPort: number): Promise<CuttableLine> => {
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(serverPort, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend() {
      isCut = false
    },
    close() {
      cut()
      server.close()
    },
  }
}
