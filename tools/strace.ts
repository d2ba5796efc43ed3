import { spawnSync } from 'node:child_process'
import { install, mayInstall, onPath } from './debian-program.ts'

/** The program that makes a disk fail: it answers system calls of a running server in the kernel's place. */
export const findStrace = (): string | undefined => onPath('strace')

/** Why disk faults cannot be injected here, or null where they can. */
export const straceFault = (): string | null => {
  const strace = findStrace()
  if (!strace) return 'install the package `strace` (Debian: apt-get install strace)'
  const { status, stderr } = spawnSync(strace, ['-e', 'inject=fsync:error=EIO', 'true'], {
    encoding: 'utf8',
  })
  return status === 0 ? null : `strace may not trace here: ${stderr.trim().split('\n').at(-1)}`
}

/** Finds strace; as root on Debian it installs it first. What depends on it is skipped where there is none. */
export const provideStrace = async (): Promise<void> => {
  if (!findStrace() && mayInstall()) await install('strace')
}
