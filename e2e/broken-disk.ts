import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findStrace } from '../tools/strace.ts'

/** What the kernel is made to say to a process, as strace's `inject` takes it: `fsync,fdatasync:error=EIO`. */
export const injectFault = async (pid: number, inject: string): Promise<() => Promise<void>> => {
  const [calls] = inject.split(':')
  const strace: ChildProcess = spawn(
    findStrace()!,
    ['-f', '-p', String(pid), '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${inject}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = once(strace, 'exit')
  // it says so when it is there; from then on no call escapes it
  await once(strace.stderr!, 'data')
  if (strace.exitCode !== null) throw new Error('strace could not attach')
  return async () => {
    strace.kill('SIGINT')
    await exited
  }
}

/** A file system of its own and of this size, in memory. Null where mounting is not permitted. */
export const mountSmallDisk = (mib: number): { folder: string; unmount(): void } | null => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-disk-'))
  const size = `size=${mib}m`
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'wanglou-test', folder])
  if (status !== 0) {
    rmSync(folder, { recursive: true })
    return null
  }
  return {
    folder,
    unmount() {
      spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
