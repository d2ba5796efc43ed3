import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './steps.ts'

export const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where a program is; none of the house's own packages. */
export const onPath = (name: string): string | undefined =>
  ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
    .map((folder) => join(folder, name))
    .find(isProgram)

/** As root on Debian, what is missing can be had. */
export const mayInstall = (): boolean =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get') !== undefined

/** Installs a package of Debian's; the result is what it said. */
export const install = async (name: string): Promise<string> => {
  const quiet = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq']
  const update = await run('env', [...quiet, 'update'])
  const installed = await run('env', [...quiet, 'install', '-y', '--no-install-recommends', name])
  return [update.output, installed.output].join('\n')
}
