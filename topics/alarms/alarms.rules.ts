import { dayMs, minuteMs } from '#protocol/beijing.ts'
import {
  type Facts,
  type IncidentFact,
  isOnDuty,
  isOpen,
  type Origin,
  type UnitFact,
} from './facts.ts'
import type { Holding, Look, Rule } from './rule.ts'

const secondMs = 1000

const openIncidents = (
  { incidents }: Facts,
  level: number,
  matches: (one: IncidentFact) => boolean = () => true,
): Holding[] => {
  const holdings: Holding[] = []
  for (const one of incidents.values()) {
    if (one.report?.level !== level || !isOpen(one) || !matches(one)) continue
    const { category, division, lon, lat, summary } = one.report
    holdings.push({
      subject: one.incident,
      sinceMs: Math.max(one.levelSince, one.reopenedAt),
      fact: one,
      category,
      division,
      lon,
      lat,
      summary,
      isUnanswered: isUnanswered(one),
    })
  }
  return holdings
}

/** Nobody was sent since it was last taken up. */
const isUnanswered = ({ dispatchedAt, reopenedAt }: IncidentFact): boolean =>
  dispatchedAt === 0 || dispatchedAt < reopenedAt

const unitsThat = ({ units }: Facts, sinceOf: (one: UnitFact) => number | null): Holding[] => {
  const holdings: Holding[] = []
  for (const one of units.values()) {
    if (!isOnDuty(one)) continue
    const sinceMs = sinceOf(one)
    if (sinceMs === null) continue
    const { callSign, sources } = one
    holdings.push({ subject: callSign, sinceMs, fact: one, sources })
  }
  return holdings
}

/** The forces' topic calls a unit silent after 30 minutes; so long after that somebody goes and looks. */
const missingAfterMs = 40 * minuteMs

const silentSince = ({ silentFrom, silentTo, startedAt }: UnitFact): number | null =>
  silentFrom > silentTo && silentFrom > startedAt ? silentFrom : null

const feedsWith = ({ feeds }: Facts, matches: (fault: string) => boolean): Holding[] =>
  Array.from(feeds.values())
    .filter(({ fault }) => matches(fault))
    .map((one) => ({ subject: one.source, sinceMs: one.since, fact: one, category: one.fault }))

const sinceOf = (map: ReadonlyMap<string, { at: number } & Origin>, afterMs: number, now: number) =>
  Array.from(map)
    .filter(([, { at }]) => now - at >= afterMs)
    .map(([subject, fact]): Holding => ({ subject, sinceMs: fact.at + afterMs, fact }))

/** So many moves up of matters of one kind from one township within a minute are one matter; it lasts until they are few. */
const stormFrom = 20
const stormUntil = 5

const storms = ({ hits }: Facts, { now, stands }: Look): Holding[] => {
  const holdings: Holding[] = []
  for (const [subject, one] of hits) {
    let count = 0
    let sinceMs = Number.POSITIVE_INFINITY
    for (const [slot, n] of one.hits) {
      if (slot <= now - minuteMs - 10 * secondMs) continue
      count += n
      sinceMs = Math.min(sinceMs, slot)
    }
    if (count < (stands(subject.replace(' ', '/')) ? stormUntil : stormFrom)) continue
    holdings.push({
      subject: subject.replace(' ', '/'),
      sinceMs,
      fact: one,
      division: one.township,
      category: one.kind,
    })
  }
  return holdings
}

/**
 * All that raises an alarm. Delays are set so that an ordinary day asks for one answer in ten minutes at most, in the
 * mix of about 5, 15 and 80 of a hundred (`mock/alarm-load.test.ts` measures it); what is graver is told sooner.
 */
export const rules: readonly Rule[] = [
  {
    id: 'incident-grave',
    priority: 1,
    of: 'incident',
    owner: 'duty-chief',
    onDelayMs: 0,
    offDelayMs: 30 * secondMs,
    parents: [],
    escalatesAfterMs: 3 * minuteMs,
    holds: (facts) => openIncidents(facts, 1),
  },
  {
    id: 'unit-emergency',
    priority: 1,
    of: 'unit',
    owner: 'duty-chief',
    onDelayMs: 0,
    offDelayMs: minuteMs,
    // who calls for help is heard whatever its source does
    parents: [],
    holds: (facts) =>
      unitsThat(facts, ({ status, statusAt, startedAt }) =>
        status === 'emergency' && statusAt >= startedAt ? statusAt : null,
      ),
  },
  {
    id: 'incident-waiting',
    priority: 2,
    of: 'incident',
    owner: 'dispatcher',
    onDelayMs: 5 * minuteMs,
    offDelayMs: 30 * secondMs,
    parents: [],
    holds: (facts) => openIncidents(facts, 2, isUnanswered),
  },
  {
    id: 'unit-missing',
    priority: 2,
    of: 'unit',
    owner: 'dispatcher',
    onDelayMs: missingAfterMs,
    offDelayMs: 2 * minuteMs,
    parents: ['source-silent'],
    holds: (facts) => unitsThat(facts, silentSince),
  },
  {
    id: 'source-silent',
    priority: 2,
    of: 'source',
    owner: 'keeper',
    onDelayMs: 30 * secondMs,
    offDelayMs: minuteMs,
    parents: [],
    holds: (facts) => feedsWith(facts, (fault) => fault === 'silent'),
  },
  {
    id: 'screen-frozen',
    priority: 2,
    of: 'screen',
    owner: 'keeper',
    // the server has waited for its page already
    onDelayMs: 0,
    offDelayMs: 10 * secondMs,
    parents: [],
    holds: (_, { frozen }) =>
      frozen.map(({ screen, since }) => ({
        subject: screen,
        sinceMs: since,
        fact: { sources: new Set(), simulated: false, historyAt: 0, cameAt: since },
      })),
  },
  {
    id: 'unit-silent',
    priority: 3,
    of: 'unit',
    owner: 'dispatcher',
    onDelayMs: 10 * minuteMs,
    offDelayMs: 0,
    parents: ['source-silent'],
    // from then on another alarm stands for it, with another response
    holds: (facts, { now }) =>
      unitsThat(facts, (one) => {
        const sinceMs = silentSince(one)
        return sinceMs !== null && now - sinceMs < missingAfterMs ? sinceMs : null
      }),
  },
  {
    id: 'unit-overdue',
    priority: 3,
    of: 'unit',
    owner: 'dispatcher',
    // due back this long ago, and the five minutes after which the forces' topic says so
    onDelayMs: 20 * minuteMs,
    offDelayMs: 30 * secondMs,
    parents: ['source-silent'],
    holds: (facts) =>
      unitsThat(facts, ({ dueAt, missedDueAt, overdueAt }) =>
        dueAt > 0 && dueAt === missedDueAt ? overdueAt : null,
      ),
  },
  {
    id: 'segment-unpatrolled',
    priority: 3,
    of: 'segment',
    owner: 'border-desk',
    onDelayMs: 0,
    offDelayMs: 0,
    parents: [],
    holds: ({ segments }, { now }) => sinceOf(segments, dayMs, now),
  },
  {
    id: 'matter-storm',
    priority: 3,
    of: 'township',
    owner: 'grid-desk',
    onDelayMs: 0,
    offDelayMs: 2 * minuteMs,
    parents: [],
    holds: storms,
  },
  {
    id: 'matter-risen',
    priority: 3,
    of: 'township',
    owner: 'grid-desk',
    onDelayMs: 0,
    offDelayMs: 0,
    parents: [],
    holds: ({ risen }) =>
      Array.from(risen.values(), (one) => ({
        subject: one.event,
        sinceMs: one.at,
        fact: one,
        division: one.township,
        category: one.kind,
      })),
  },
  {
    id: 'unit-unrostered',
    priority: 3,
    of: 'unit',
    owner: 'dispatcher',
    onDelayMs: 0,
    offDelayMs: 0,
    parents: [],
    holds: ({ strangers }, { now }) => sinceOf(strangers, 0, now),
  },
  {
    id: 'source-amiss',
    priority: 3,
    of: 'source',
    owner: 'keeper',
    onDelayMs: 10 * minuteMs,
    offDelayMs: 5 * minuteMs,
    parents: ['source-silent'],
    holds: (facts) => feedsWith(facts, (fault) => fault !== 'silent'),
  },
]
