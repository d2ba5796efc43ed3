import type { Body } from '#protocol/event.ts'
import { type SceneLine, type Scenes, sceneNow, sceneOf } from '#protocol/scene.ts'
import { sceneIncidents } from '#protocol/scene-incidents.ts'
import { ownSource } from '#protocol/source.ts'
import type { Kind, RuleId } from './alarms.codes.ts'
import { rules } from './alarms.rules.ts'
import { shownOf } from './rule.ts'

const cause = 'tick'
const actor = { kind: 'operator', name: 'desk-2' }
const chief = { kind: 'supervisor', name: 'duty-chief' }
const daluo = { division: '532822102', lon: 100.04, lat: 21.69 }
/** Who tells of what alarms are about; of sources and screens nobody does. */
const tellers: Partial<Record<Kind, string>> = {
  incident: 'cad-110',
  unit: 'positions',
  segment: 'positions',
}
const nameOfScene = (n: number): string => `a${String(n).padStart(4, '0')}`

interface What {
  subject: string
  category?: string
  summary?: string
  place?: typeof daluo
  parent?: string
}

const raised = (n: number, minutesAgo: number, id: RuleId, what: What): SceneLine => {
  const rule = rules.find((each) => each.id === id)!
  const { subject, category, summary, place, parent } = what
  const since = Math.round(sceneNow - minutesAgo * 60_000 - rule.onDelayMs)
  const { priority, of, owner } = rule
  const body: Body = {
    alarm: nameOfScene(n),
    rule: id,
    priority,
    of,
    subject,
    since,
    response: id,
    owner,
    ...place,
    ...(category !== undefined && { category }),
    ...(summary !== undefined && { summary }),
    ...(tellers[of] !== undefined && { sources: [tellers[of]] }),
    ...(parent !== undefined && { parent }),
    cause,
  }
  const shown = shownOf(rule, { ...what, ...place })
  return [minutesAgo, 'alarm.raised', shown ? { ...body, shown: shown as Body } : body]
}

const acked = (n: number, minutesAgo: number, by = actor): SceneLine => [
  minutesAgo,
  'alarm.acknowledged',
  { alarm: nameOfScene(n), actor: by, command: 'd1' },
]
const cleared = (n: number, minutesAgo: number): SceneLine => [
  minutesAgo,
  'alarm.cleared',
  { alarm: nameOfScene(n), cause },
]
const watched = (minutesAgo: number): SceneLine => [
  minutesAgo,
  'alarm.watched',
  { rules: rules.length, cause },
]

/** A day as it mostly is: one alarm in a quarter of an hour, nearly all over. */
const ordinary = (count: number): SceneLine[] =>
  Array.from({ length: count }, (_, index): SceneLine[] => {
    const n = 100 + index
    const minutesAgo = 30 + index * 15
    const id: RuleId = index % 7 === 3 ? 'unit-missing' : 'unit-overdue'
    const unit: What = { subject: `U-${String(index + 1).padStart(3, '0')}` }
    return [raised(n, minutesAgo, id, unit), acked(n, minutesAgo - 3), cleared(n, minutesAgo - 12)]
  }).flat()

const graves = sceneIncidents.grave.map(
  ({ incident, minutesAgo, category, summary, division, lon, lat }, index) =>
    raised(17 + index, minutesAgo, 'incident-grave', {
      ...{ subject: incident, category, summary },
      place: { division, lon, lat },
    }),
)
const { waiting } = sceneIncidents
/** An incident that waits is an alarm five minutes later. */
const waitingMinutesAgo = waiting.minutesAgo - 5

const shelve = (n: number, minutesAgo: number): SceneLine => [
  minutesAgo,
  'alarm.shelved',
  {
    alarm: nameOfScene(n),
    reason: 'known-work',
    text: '基站检修',
    until: sceneNow + 21 * 60_000,
    actor,
    command: 'd2',
  },
]

const quiet: SceneLine[] = [
  watched(1500),
  ...ordinary(90),
  raised(1, 190, 'segment-unpatrolled', { subject: 'BD-05' }),
  acked(1, 186),
  raised(2, 12, 'unit-overdue', { subject: 'U-008' }),
  acked(2, 9),
  watched(4),
]

const busy: SceneLine[] = [
  ...quiet,
  graves[0]!,
  raised(3, 42, 'unit-missing', { subject: 'BD-07-A1' }),
  acked(3, 40, chief),
  raised(4, waitingMinutesAgo, 'incident-waiting', {
    subject: waiting.incident,
    category: waiting.category,
    place: { division: waiting.division, lon: waiting.lon, lat: waiting.lat },
  }),
  raised(5, 55, 'source-silent', { subject: 'carriers', category: 'silent' }),
  shelve(5, 51),
  raised(6, 26, 'segment-unpatrolled', { subject: 'BD-18' }),
  raised(7, 18, 'unit-missing', { subject: 'JH-A014' }),
  cleared(7, 5),
  [5.5, 'alarm.silenced', { actor, command: 'd3' }],
  raised(8, 1.2, 'matter-risen', {
    subject: 'WG-20261122-0417',
    category: 'border-anomaly',
    place: daluo,
  }),
]

const flood: SceneLine[] = [
  ...busy,
  ...graves.slice(1),
  acked(18, 1),
  raised(30, 6, 'source-silent', { subject: 'border', category: 'silent' }),
  ...Array.from({ length: 160 }, (_, n) =>
    raised(200 + n, 5.5 - n / 60, 'unit-silent', {
      subject: `BD-${String((n % 46) + 1).padStart(2, '0')}-A${(n % 5) + 1}`,
      parent: nameOfScene(30),
    }),
  ),
  [4, 'alarm.floodBegan', { cause }],
  ...Array.from({ length: 9 }, (_, n) =>
    raised(400 + n, 3.5 - n / 10, 'unit-overdue', { subject: `JH-B${101 + n}` }),
  ),
  ...Array.from({ length: 20 }, (_, n) =>
    raised(420 + n, 2.2 - n / 60, 'unit-overdue', {
      subject: `MH-B${101 + n}`,
      parent: nameOfScene(400),
    }),
  ),
]

const own = { source: ownSource }

export const alarmScenes: Scenes = {
  empty: [],
  quiet: sceneOf(quiet, own),
  busy: sceneOf(busy, own),
  flood: sceneOf(flood, { ...own, flags: ['simulated'] }),
  // the rules were last watched hours ago: no alarm is then no news
  silent: sceneOf(
    quiet.map(([ago, type, body]) => [ago + 300, type, body]),
    own,
  ),
}
