import { createI18n } from 'vue-i18n'
import type { Lang, WordsByLang } from '#web/kit/lang.ts'
import { words as kit } from '#web/kit/words.ts'
import { words as wall } from './words.ts'

const found = import.meta.glob<{ words: WordsByLang }>('../../topics/[a-z]*/*.words.ts', {
  eager: true,
})

/** The words of the wall, the kit and every topic, the latter under the topic's name. */
export const createWords = (lang: Lang) => {
  const words: WordsByLang = {
    zh: { wall: wall.zh, kit: kit.zh },
    en: { wall: wall.en, kit: kit.en },
  }
  for (const [path, module] of Object.entries(found)) {
    const topic = /([^/]+)\/[^/]+\.words\.ts$/.exec(path)?.[1] ?? path
    words.zh[topic] = module.words.zh
    words.en[topic] = module.words.en
  }
  return createI18n({ legacy: false, locale: lang, fallbackLocale: 'zh', messages: words })
}
