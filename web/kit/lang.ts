/** The languages of the wall. */
export type Lang = 'zh' | 'en'

/** Texts by key, nested; a `words.ts` of the web and a `.words.ts` of each topic hold them. */
export interface Words {
  [key: string]: string | Words
}
/** What a file of words exports. */
export type WordsByLang = Record<Lang, Words>
