import { readFileSync } from 'node:fs'

const mib = (status: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024

/** What a process has in memory now, and had at most since its start, MiB. */
export const memoryOf = (pid: number): { rssMib: number; peakMib: number } => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return { rssMib: mib(status, 'VmRSS'), peakMib: mib(status, 'VmHWM') }
}

/** What the kernel holds of what was sent to the port of a reader: not yet sent, and not yet read; bytes. */
export const kernelHolds = (ports: readonly number[]): Map<number, number> => {
  const held = new Map(ports.map((port) => [port, 0]))
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)) {
    const [, local = '', remote = '', , queues = ''] = line.trim().split(/\s+/)
    const [unsent = '', unread = ''] = queues.split(':')
    const portOf = (address: string) => Number.parseInt(address.split(':')[1] ?? '', 16)
    for (const [port, queue] of [
      [portOf(remote), unsent],
      [portOf(local), unread],
    ] as const) {
      const before = held.get(port)
      if (before !== undefined) held.set(port, before + Number.parseInt(queue, 16))
    }
  }
  return held
}
