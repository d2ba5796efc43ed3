import type { Dialect } from './dialect.ts'
import { openRawClient, type RawClient } from './raw-client.ts'

/** What the clients of one port have heard. */
export interface Heard {
  clients: number
  /** by the client that has heard least, and most */
  least: number
  most: number
  payloadBytes: number
}
export type ToLoad =
  | { kind: 'open'; port: number; dialect: Dialect; clients: number }
  | { kind: 'heard'; port: number }
  /** counts from nothing again */
  | { kind: 'forget'; port: number }

const opensAtOnce = 50
const clientsOf = new Map<number, RawClient[]>()

const open = async (port: number, dialect: Dialect, count: number): Promise<void> => {
  const clients = clientsOf.get(port) ?? []
  clientsOf.set(port, clients)
  while (clients.length < count) {
    const some = Array.from({ length: Math.min(opensAtOnce, count - clients.length) }, () =>
      openRawClient(port, dialect),
    )
    clients.push(...(await Promise.all(some)))
  }
}

const heard = (port: number): Heard => {
  const clients = clientsOf.get(port) ?? []
  const counts = clients.map(({ messages }) => messages)
  return {
    clients: clients.length,
    least: Math.min(...counts),
    most: Math.max(...counts),
    payloadBytes: clients.reduce((sum, client) => sum + client.payloadBytes, 0),
  }
}

process.on('message', async (asked: ToLoad) => {
  if (asked.kind === 'open') await open(asked.port, asked.dialect, asked.clients)
  if (asked.kind === 'forget') for (const client of clientsOf.get(asked.port) ?? []) client.forget()
  process.send!(heard(asked.port))
})
process.on('disconnect', () => process.exit())
