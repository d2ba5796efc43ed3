import { useI18n } from 'vue-i18n'
import type { Lang } from '#web/kit/lang.ts'
import { useSourceTitle } from '#web/store/select.ts'

/** What people call a source: what is the wall's own by the wall's words, any other by what it says of itself. */
export const useSourceName = (): ((source: string) => string) => {
  const { t, te, locale } = useI18n()
  const titleOf = useSourceTitle()
  return (source) => {
    const own = `wall.own.${source}`
    return te(own) ? t(own) : titleOf(source, locale.value as Lang)
  }
}
