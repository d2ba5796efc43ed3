import { readFileSync } from 'node:fs'

const mib = (status: string, name: string): number => {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]
  if (kib === undefined) throw new Error(`the process does not say its ${name}`)
  return Number(kib) / 1024
}

/** What a process has in memory now, and had at most since its start, MiB. */
export const memoryOf = (pid: number): { rssMib: number; peakMib: number } => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return { rssMib: mib(status, 'VmRSS'), peakMib: mib(status, 'VmHWM') }
}

/** A reader's connection, as the kernel has it. */
interface Held {
  /** not yet sent, and not yet read */
  bytes: number
  /** whether the server still holds its end */
  isServed: boolean
}
const established = '01'

/** What the kernel holds of what was sent to the ports of readers. */
export const kernelHolds = (ports: readonly number[]): Map<number, Held> => {
  const held = new Map(ports.map((port): [number, Held] => [port, { bytes: 0, isServed: false }]))
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)) {
    const [, local = '', remote = '', state = '', queues = ''] = line.trim().split(/\s+/)
    const [unsent = '', unread = ''] = queues.split(':')
    const portOf = (address: string) => Number.parseInt(address.split(':')[1] ?? '', 16)
    for (const [port, queue] of [
      [portOf(remote), unsent],
      [portOf(local), unread],
    ] as const) {
      const before = held.get(port)
      if (before) before.bytes += Number.parseInt(queue, 16)
    }
    const reader = held.get(portOf(remote))
    if (reader && state === established) reader.isServed = true
  }
  return held
}
