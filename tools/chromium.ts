import { install, isProgram, mayInstall, onPath } from './debian-program.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

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

/** Finds Chromium; as root on Debian it installs it first. */
export const provideChromium = async (): Promise<{ ok: boolean; output: string }> => {
  if (findChromium()) return { ok: true, output: '' }
  if (process.env.WANGLOU_CHROMIUM || !mayInstall()) return { ok: false, output: chromiumMissing() }
  const said = await install('chromium')
  const ok = findChromium() !== undefined
  return { ok, output: ok ? '' : [said, chromiumMissing()].join('\n') }
}
