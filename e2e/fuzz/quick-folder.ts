import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
/** threads have the process in common */
const prefix = `wanglou-fuzz-${process.pid}-`

/** A folder in memory where there is one: a million files would wait for a disk that others use. */
export const quickFolder = (): string => mkdtempSync(join(root, prefix))

/** Takes away every quick folder that this process has left, whichever thread made it. */
export const removeQuickFolders = (): void => {
  for (const name of readdirSync(root))
    if (name.startsWith(prefix)) rmSync(join(root, name), { recursive: true, force: true })
}
