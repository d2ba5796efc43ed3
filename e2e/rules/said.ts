import { dayMs, midnightOf, minuteMs, toHour, toMinute } from '#protocol/beijing.ts'
import { isPrinted } from './judge.ts'
import type { SeenFigure, SeenPanel } from './seen-panels.ts'

export type Window = 'now' | 'tenMinutes' | 'today' | 'toHour' | 'day' | 'fourWeeks' | 'usual'

/** What a span of time is called on the wall, by its ends, ms. */
export const windowOf = (span: SeenFigure['window'], now: number): Window => {
  if (!span) return 'now'
  const [fromMs, toMs] = span
  if (toMs <= now - dayMs / 2) return 'usual'
  if (fromMs === midnightOf(now)) return toMs === toHour(now) ? 'toHour' : 'today'
  if (toMs - fromMs === 10 * minuteMs) return 'tenMinutes'
  if (toMs === toMinute(now) && toMs - fromMs <= dayMs) return 'day'
  if (fromMs === midnightOf(now) - 27 * dayMs) return 'fourWeeks'
  throw new RangeError(`a window that the wall has no words for: ${fromMs} to ${toMs}`)
}

const windowWords: Record<string, Record<Window, RegExp>> = {
  zh: {
    now: /现(?!场)|在[处办岗外位线]/,
    tenMinutes: /十分钟|10 ?分/,
    today: /今日/,
    toHour: /至 \d+ 时/,
    day: /24 ?小?时/,
    fourWeeks: /28 ?天/,
    usual: /往常/,
  },
  en: {
    now: /\b(now|open)\b/i,
    tenMinutes: /\b10 min\b/,
    today: /\btoday\b/i,
    toHour: /\bby \d+ ?:00/i,
    day: /\b24 h\b/,
    fourWeeks: /\b28 d\b/,
    usual: /\busual(ly)?\b/i,
  },
}
const unitWords: Record<string, RegExp> = {
  ms: /分|秒|\bmin\b|\bs\b/,
  yuan: /万元|¥/,
  share: /%/,
}

const windowFault = ({ window, says }: SeenFigure, lang: string, now: number): string | null => {
  const words = windowWords[lang]!
  const is = windowOf(window, now)
  const nearest = says.find((text) => Object.values(words).some((word) => word.test(text)))
  // what names no time tells of now
  if (nearest === undefined) return is === 'now' ? null : `nothing says ${is}`
  return words[is].test(nearest) ? null : `is of ${is}, and said to be "${nearest}"`
}

const unitFault = ({ unit, value, digits, says, hasSign }: SeenFigure): string | null => {
  if (value === '' || digits === '*') return null
  if (unit === 'count') return says.length > 0 || hasSign ? null : 'nothing says what is counted'
  return says.some((text) => unitWords[unit]!.test(text)) ? null : `has no unit of ${unit}`
}

/** H17: figures whose unit or window nobody can read off their panel, and key figures with nothing to hold them against. */
export const unsaid = ({ lang, figures, against }: SeenPanel, now: number): string[] =>
  figures.flatMap((figure) =>
    [
      windowFault(figure, lang, now),
      unitFault(figure),
      isPrinted(figure.digits) ? null : `"${figure.digits}" is not how the wall prints a number`,
      figure.isKey && against === 0 ? 'is measured against nothing' : null,
    ].flatMap((fault) => (fault === null ? [] : [`${figure.name}: ${fault}`])),
  )
