import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A TCP line between a screen and the server that a test can cut, stall, and mend. */
export interface CuttableLine {
  url: string
  /** Ends every connection and refuses new ones until `mend`. */
  cut(): void
  /** Lets nothing through either way and tells nobody, as when packets are dropped, until `mend`. */
  stall(): void
  /** Takes connections again, and ends each after so many bytes from the server, until `mend`. */
  cutAfter(bytes: number): void
  /** connections that `cutAfter` has ended so far */
  readonly cutShort: number
  mend(): void
  close(): void
}

export const openLine = async (port: number, serverPort: number): Promise<CuttableLine> => {
  const sockets = new Set<Socket>()
  let isCut = false
  let isStalled = false
  let longestBytes = Number.POSITIVE_INFINITY
  let cutShort = 0
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(serverPort, '127.0.0.1')
    let leftBytes = longestBytes
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
      from.on('data', (bytes) => {
        if (from === far) leftBytes -= bytes.length
        if (leftBytes < 0) {
          cutShort += 1
          to.end(bytes.subarray(0, leftBytes))
          from.destroy()
        } else if (!to.write(bytes)) from.pause()
      })
      from.on('end', () => to.end())
      to.on('drain', () => isStalled || from.resume())
      if (isStalled) from.pause()
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
    stall() {
      isStalled = true
      for (const socket of sockets) socket.pause()
    },
    cutAfter(bytes) {
      longestBytes = bytes
      isCut = false
    },
    get cutShort() {
      return cutShort
    },
    mend() {
      longestBytes = Number.POSITIVE_INFINITY
      isCut = false
      isStalled = false
      for (const socket of sockets) socket.resume()
    },
    close() {
      cut()
      server.close()
    },
  }
}
