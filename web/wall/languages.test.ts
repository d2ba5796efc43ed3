import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Lang, Words } from '#web/kit/lang.ts'
import { createWords } from './translations.ts'

const repo = resolve(import.meta.dirname, '../..')
const messages = createWords('zh').global.messages.value as unknown as Record<Lang, Words>

/** Every text by its whole key. */
const textsOf = (words: Words, under = ''): [key: string, text: string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[under + key, value]] : textsOf(value, `${under}${key}.`),
  )
const texts = { zh: new Map(textsOf(messages.zh)), en: new Map(textsOf(messages.en)) }
const all = (['zh', 'en'] as const).flatMap((lang) =>
  Array.from(texts[lang], ([key, text]) => ({ lang, key, text })),
)
const named = ({ lang, key, text }: { lang: Lang; key: string; text: string }) =>
  `${lang} ${key}: ${text}`

/** What is believed, and a lost link, which the whole wall says, owe no word. */
const silentKeys = ['kit.freshness.live', 'kit.freshness.lost']
/** The place of alarms has no name over it. */
const namelessKeys = ['alarms.zone.title']
/** English counts without a measure word: what is counted stands beside the figure. */
const isMeasureWord = (key: string) => /\.unit$|^incidents\.calls\.today$/.test(key)
/** One says of how many, the other how many more. */
const ownPlaces = ['patrols.forces.missedMore']

describe('the two languages', () => {
  it('have the same keys', () => {
    expect(texts.zh.size).toBeGreaterThan(300)
    expect([...texts.zh.keys()].sort()).toEqual([...texts.en.keys()].sort())
  })

  it('leave nothing empty', () => {
    const mayBeEmpty = ({ lang, key }: { lang: Lang; key: string }) =>
      [...silentKeys, ...namelessKeys].includes(key) || (lang === 'en' && isMeasureWord(key))
    const empty = all.filter((one) => one.text.trim() === '' && !mayBeEmpty(one))
    expect(empty.map(named)).toEqual([])
  })

  it('put the same values into a text', () => {
    const placesOf = (text = '') =>
      [...new Set(Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name))].sort().join(' ')
    const odd = Array.from(texts.zh).filter(
      ([key, text]) => !ownPlaces.includes(key) && placesOf(text) !== placesOf(texts.en.get(key)),
    )
    expect(odd.map(([key, text]) => `${key}: ${text} | ${texts.en.get(key)}`)).toEqual([])
  })

  it('are not mixed: no Han in English, no English sentence in Chinese', () => {
    const isMixed = ({ lang, text }: { lang: Lang; text: string }) =>
      lang === 'en' ? /\p{Script=Han}/u.test(text) : /[A-Za-z]{2,} [A-Za-z]{2,}/.test(text)
    expect(all.filter(isMixed).map(named)).toEqual([])
  })
})

const sources = globSync('{web,topics}/**/*.{vue,ts}', { cwd: repo }).filter(
  (file) => !/\.test\.ts$|words\.ts$|^web\/gallery\//.test(file),
)
const code = sources.map((file) => readFileSync(resolve(repo, file), 'utf8')).join('\n')

/** A key, or how keys are made: what stands in `${}` may be anything. */
const patternOf = (written: string): RegExp =>
  new RegExp(
    `^${written
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
  )
const asked = new Set(
  Array.from(
    code.matchAll(/(?:\bte?\(\s*|keypath=|keypath: )['"`]([a-z][\w-]*\.[^'"`]+)['"`]/g),
    ([, key]) => key!,
  ),
)
const made = new Set(
  Array.from(
    code.matchAll(/[`'"]((?:[a-z][\w-]*|\$\{[^}`]+\})(?:\.(?:[\w-]|\$\{[^}`]+\})+)+)[`'"]/g),
    ([, key]) => key!,
  ),
)

it('every key that is asked for is there', () => {
  const keys = [...texts.zh.keys()]
  const isThere = (key: string) => {
    const pattern = patternOf(key)
    return keys.some((each) => pattern.test(each) || each.startsWith(`${key}.`))
  }
  expect(asked.size).toBeGreaterThan(100)
  expect([...asked].filter((key) => !isThere(key))).toEqual([])
})

it('every text is asked for somewhere', () => {
  const patterns = [...made, ...asked].map(patternOf)
  // what a figure's own rule is called, its provenance says
  const isByProvenance = (key: string) => /^[\w-]+\.(rule|excluded)\./.test(key)
  const unused = [...texts.zh.keys()].filter(
    (key) => !isByProvenance(key) && !patterns.some((pattern) => pattern.test(key)),
  )
  expect(unused).toEqual([])
})
