import type { Provenance } from '#protocol/figure.ts'
import { ageText } from './ages.ts'
import { clockText, windowText } from './beijing.ts'
import type { Lang } from './lang.ts'
import { countText } from './numbers.ts'
import type { Shown } from './where-from.ts'

/** What the answer is written with. */
export interface Pen {
  t: (key: string, named?: Record<string, unknown>, plural?: number) => string
  lang: Lang
  /** the server's clock, ms */
  now: number
  /** what people call a source; its own name, where it has not said */
  titleOf(source: string): string
  /** how far what rests on some sources of a topic can be believed */
  freshnessOf(topic: string, sources: readonly string[]): string
}
/** A line of the answer: its key in `kit.whereFrom`, and what it says. */
export interface AnswerPart {
  key: string
  text: string
  /** what is shown must not be believed as it stands */
  isDoubtful?: boolean
}

const doubtful = ['silent', 'stale', 'lost']

const simulatedText = ({ t }: Pen, count: number | null, simulated: number | undefined): string =>
  count === null || simulated === undefined || simulated === count
    ? t(
        simulated === undefined || count === null
          ? 'kit.whereFrom.madeUp'
          : 'kit.whereFrom.allMadeUp',
      )
    : t('kit.whereFrom.partMadeUp', { n: countText(simulated), all: countText(count) })

const newestText = ({ t, lang, now }: Pen, newest: NonNullable<Provenance['newest']>): string =>
  t('kit.whereFrom.arrived', {
    at: clockText(newest.at),
    seenAt: clockText(newest.seenAt),
    age: ageText(now - newest.seenAt, lang),
    id: newest.id,
  })

/** Its title, and the name that it signs with. */
const namedText = (source: string, title: string, lang: Lang): string => {
  if (title === source) return source
  return lang === 'zh' ? `${title}（${source}）` : `${title} (${source})`
}

/** So many sources are named; a wall of hundreds would have an answer higher than itself. */
const sourcesNamed = 6

const sourcesText = (sources: readonly string[], pen: Pen): string => {
  const named = sources
    .slice(0, sourcesNamed)
    .map((source) => namedText(source, pen.titleOf(source), pen.lang))
    .join(' · ')
  const n = sources.length
  return n > sourcesNamed ? pen.t('kit.whereFrom.moreSources', { named, n: countText(n) }) : named
}

/** What the answer for a figure says beside what is true of a row too. */
const countedParts = (pen: Pen, provenance: Provenance, unknown: string): AnswerPart[] => {
  const { t, lang } = pen
  const { rule, window, count, excluded } = provenance
  const reasons = Object.entries(excluded)
    .filter(([, n]) => n > 0)
    .map(([reason, n]) => t(`${rule.split('.')[0]}.excluded.${reason}`, { n: countText(n) }))
  return [
    { key: 'window', text: window ? windowText(window, lang) : t('kit.whereFrom.now') },
    {
      key: 'events',
      text: count === null ? unknown : t('kit.whereFrom.count', { n: countText(count) }, count),
    },
    ...(reasons.length > 0 ? [{ key: 'excluded', text: reasons.join(' · ') }] : []),
  ]
}

/** The answer to "where from", line by line: rule, window, sources, events, the newest of them, and how far to believe it. */
export const answerOf = (shown: Shown, pen: Pen): AnswerPart[] => {
  const { t, freshnessOf } = pen
  const isRow = 'row' in shown
  const rule = isRow ? shown.rule : shown.figure.provenance.rule
  const { sources, newest, simulated } = isRow ? shown.of : shown.figure.provenance
  const figure = isRow ? null : shown.figure
  const count = figure?.provenance.count ?? null
  // somebody else computed it, and what it rests on is not told here
  const isServed = figure !== null && (count === null || (newest === null && count > 0))
  const unknown = t(isServed ? 'kit.whereFrom.notHere' : 'kit.whereFrom.none')
  const freshness = isRow ? freshnessOf(rule.split('.')[0]!, sources) : figure?.freshness
  const [window, ...counted] = figure ? countedParts(pen, figure.provenance, unknown) : []
  return [
    { key: 'rule', text: t(rule) },
    ...(window ? [window] : []),
    {
      key: 'sources',
      text: sources.length > 0 ? sourcesText(sources, pen) : unknown,
    },
    ...counted,
    { key: 'newest', text: newest ? newestText(pen, newest) : unknown },
    ...(simulated
      ? [
          {
            key: 'simulated',
            text: simulatedText(pen, count, figure?.provenance.simulatedCount),
          },
        ]
      : []),
    ...(freshness
      ? [
          {
            key: 'state',
            text: t(`kit.whereFrom.freshness.${freshness}`),
            isDoubtful: doubtful.includes(freshness),
          },
        ]
      : []),
  ]
}
