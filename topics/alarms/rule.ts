import type { FrozenScreen } from '#protocol/topic.ts'
import type { Alarm } from './alarm.ts'
import type { Kind, Owner, Priority, RuleId } from './alarms.codes.ts'
import type { Facts, Origin } from './facts.ts'

/** Something of which a rule says that it holds now. */
export interface Holding {
  subject: string
  /** when it began, ms: another beginning is another alarm */
  sinceMs: number
  /** whose arrival and history count */
  fact: Origin
  division?: string
  lon?: number
  lat?: number
  category?: string
  summary?: string
  /** sources that it rests on: while one of them is silent, it says nothing for itself */
  sources?: Iterable<string>
  /** nobody has answered to it though it is known */
  isUnanswered?: boolean
}

/** What a rule may look at besides the facts. */
export interface Look {
  now: number
  frozen: readonly FrozenScreen[]
  /** whether its alarm for a subject stands already: the dead band between coming and going */
  stands(subject: string): boolean
}

/**
 * What raises an alarm. Every field must be there: what asks for no response of anybody is an event, and no alarm.
 * The sentence of the response stands in `alarms.words.ts` under the rule's name, in both languages.
 */
export interface Rule {
  id: RuleId
  priority: Priority
  of: Kind
  owner: Owner
  /** holds so long before it is told, ms */
  onDelayMs: number
  /** does not hold for so long before it is over, ms */
  offDelayMs: number
  /** the rules whose alarm, about a source of its, speaks for it */
  parents: readonly RuleId[]
  /** told again, acknowledged or not, when it is unanswered for so long, ms */
  escalatesAfterMs?: number
  holds(facts: Facts, look: Look): Holding[]
}

/** What visitors may know of an alarm: that one of priority 1 stands, of what sort, in which county; of a unit no place. */
export const shownOf = (
  { priority, of }: Pick<Rule, 'priority' | 'of'>,
  { category, division }: Pick<Holding, 'category' | 'division'>,
): Alarm['shown'] => {
  if (priority !== 1) return undefined
  if (of !== 'incident') return { of }
  return {
    of,
    ...(category !== undefined && { category }),
    ...(division !== undefined && { division: division.slice(0, 6) }),
  }
}
