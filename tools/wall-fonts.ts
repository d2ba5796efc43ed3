import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'

const root = fileURLToPath(new URL('..', import.meta.url))
const fontsOf = (packageName: string) =>
  dirname(createRequire(import.meta.url).resolve(`@fontsource/${packageName}/package.json`))

/** Files whose words come on the wall; what others send may have more, and is drawn from the slices. */
const texts = [
  '{web,topics,mock}/**/*.{ts,vue}',
  'web/kit/divisions.json',
  'public/map/places.json',
  'server/settings.ts',
]
/** Weights of Han on the wall; none is synthesized from another. */
const weights = [400, 500] as const

/** Every character of the wall's own words that the Latin face does not have, sorted. */
export const wallCharacters = async (folder = root): Promise<string> => {
  const found = new Set<string>()
  for await (const file of glob(texts, { cwd: folder })) {
    if (/\.test\.ts$/.test(file)) continue
    for (const sign of readFileSync(join(folder, file), 'utf8'))
      if (sign > '\u2000') found.add(sign)
  }
  return Array.from(found).sort().join('')
}

const rangeOf = (characters: string): string =>
  Array.from(characters, (sign) => `U+${sign.codePointAt(0)!.toString(16)}`).join(',')

/**
 * The Han face, once as a small file of the wall's own words, and whole in slices that a browser fetches only for a
 * character that is not in it. Made anew when words change; gives the path of the style sheet.
 */
export const makeWallFonts = async (cache: string): Promise<string> => {
  const characters = await wallCharacters()
  const han = fontsOf('noto-sans-sc')
  const { version } = JSON.parse(readFileSync(join(han, 'package.json'), 'utf8')) as {
    version: string
  }
  const key = createHash('sha256')
    .update(`${version} ${characters} ${readFileSync(import.meta.filename, 'utf8')}`)
    .digest('hex')
    .slice(0, 16)
  const folder = join(cache, key)
  const sheet = join(folder, 'wall-fonts.css')
  if (existsSync(sheet)) return sheet
  mkdirSync(folder, { recursive: true })
  // the whole face of a weight stands in slices too, each with its range: here under a name of its own
  const slices = readFileSync(join(han, '400.css'), 'utf8')
    .replaceAll("'Noto Sans SC'", "'Noto Sans SC slices'")
    .replaceAll(/, url\([^)]*\.woff\) format\('woff'\)/g, '')
    .replaceAll('url(./files/', `url(${join(han, 'files')}/`)
  const faces: string[] = []
  for (const weight of weights) {
    const whole = readFileSync(
      join(han, 'files', `noto-sans-sc-chinese-simplified-${weight}-normal.woff2`),
    )
    const name = `noto-sans-sc-wall-${weight}.woff2`
    writeFileSync(
      join(folder, name),
      await subsetFont(whole, characters, { targetFormat: 'woff2' }),
    )
    faces.push(
      `@font-face{font-family:'Noto Sans SC';font-style:normal;font-display:swap;font-weight:${weight};` +
        `src:url(./${name}) format('woff2');unicode-range:${rangeOf(characters)}}`,
    )
  }
  // another build may be at it: the sheet is there only when all of it is
  writeFileSync(`${sheet}.part`, `${slices}\n${faces.join('\n')}\n`)
  renameSync(`${sheet}.part`, sheet)
  return sheet
}

/** For Vite: `import 'virtual:wall-fonts.css'` brings the wall's Han face. */
export const wallFonts = (cache: string) => ({
  name: 'wall-fonts',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id === 'virtual:wall-fonts.css' ? makeWallFonts(cache) : undefined),
})
