import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './steps.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const onPath = (name: string): string | undefined =>
  ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
    .map((folder) => join(folder, name))
    .find(isProgram)

/** The browser that the tests drive: what `WANGLOU_CHROMIUM` names, and nothing else then, or the first found. */
export const findChromium = (): string | undefined => {
  const named = process.env.WANGLOU_CHROMIUM
  if (named) return isProgram(named) ? named : undefined
  return names.map(onPath).find((file) => file !== undefined)
}

/** What a person has to do when there is none. */
export const chromiumMissing = (): string =>
  process.env.WANGLOU_CHROMIUM
    ? `WANGLOU_CHROMIUM names ${process.env.WANGLOU_CHROMIUM}, and no program is there.`
    : 'No Chromium for the browser tests: install the package `chromium` (Debian: apt-get install chromium), or name one in WANGLOU_CHROMIUM.'

const mayInstall = () =>
  !process.env.WANGLOU_CHROMIUM &&
  process.getuid?.() === 0 &&
  existsSync('/etc/debian_version') &&
  onPath('apt-get') !== undefined

/** Finds Chromium; as root on Debian it installs it first. */
export const provideChromium = async (): Promise<{ ok: boolean; output: string }> => {
  if (findChromium()) return { ok: true, output: '' }
  if (!mayInstall()) return { ok: false, output: chromiumMissing() }
  const quiet = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq']
  const update = await run('env', [...quiet, 'update'])
  const install = await run('env', [
    ...quiet,
    'install',
    '-y',
    '--no-install-recommends',
    'chromium',
  ])
  const ok = findChromium() !== undefined
  return { ok, output: ok ? '' : [update.output, install.output, chromiumMissing()].join('\n') }
}
