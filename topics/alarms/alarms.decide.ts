import type { Command, Decided, Decision, Refused } from '#protocol/command.ts'
import { type Alarm, type Alarms, standingOf } from './alarm.ts'
import { type ShelfReason, shelfMs } from './alarms.codes.ts'

const refuse = (rule: string, mend: string, isForbidden?: true): Decision => ({
  refused: { rule, mend, ...(isForbidden && { isForbidden }) } satisfies Refused,
})

const gone = (alarm: string): Decision =>
  refuse(`there is no open alarm ${alarm}`, 'it is over, or was never raised: look at the list')

const did = (one: Alarm, type: string, body: Decided['body'] = {}): Decided => ({
  type,
  body: { alarm: one.alarm, ...body },
  simulated: one.simulated,
})

const acknowledge = (state: Alarms, one: Alarm): Decision => {
  if (one.ackedAt > 0) {
    return refuse(
      `alarm ${one.alarm} was acknowledged already`,
      'nothing is left to do: acknowledged is not closed, it goes when its cause does',
    )
  }
  const head = standingOf(one)
  if (head === 'suppressed') {
    return refuse(
      `alarm ${one.alarm} stands under ${one.parent}`,
      'acknowledge that one: it speaks for all that stand under it',
    )
  }
  const under = Array.from(state.open.values()).filter(
    ({ parent, ackedAt }) => parent === one.alarm && ackedAt === 0,
  )
  return { events: [one, ...under].map((each) => did(each, 'alarm.acknowledged')) }
}

const isScreen = ({ actor }: Command): boolean => actor.kind === 'screen'

/** A wall hangs where anybody passes: it may not hide what others must see. */
const notFromScreens = (): Decision =>
  refuse(
    'a wall device may not shelve an alarm, or take one from the shelf',
    'do it from a seat, as operator or supervisor',
    true,
  )

const shelve = (one: Alarm, command: Command, now: number): Decision => {
  if (isScreen(command)) return notFromScreens()
  if (one.priority === 1) {
    return refuse(
      'an alarm of priority 1 cannot be shelved',
      'acknowledge it; silence what sounds if it disturbs',
    )
  }
  if (one.parent !== undefined) {
    return refuse(`alarm ${one.alarm} stands under ${one.parent}`, 'shelve that one')
  }
  if (one.shelf) {
    return refuse(
      `alarm ${one.alarm} is on the shelf already`,
      'take it from the shelf first; a shelf is not made longer in silence',
    )
  }
  const { reason, text, forMs } = command.body as {
    reason: ShelfReason
    text?: string
    forMs?: number
  }
  const body = { reason, until: now + (forMs ?? shelfMs), ...(text !== undefined && { text }) }
  return { events: [did(one, 'alarm.shelved', body)] }
}

const unshelve = (one: Alarm, command: Command): Decision => {
  if (isScreen(command)) return notFromScreens()
  if (!one.shelf) return refuse(`alarm ${one.alarm} is not on the shelf`, 'nothing is left to do')
  return { events: [did(one, 'alarm.unshelved', { reason: 'by-hand' })] }
}

const silence = (state: Alarms): Decision => {
  const simulated = Array.from(state.open.values()).every((one) => one.simulated)
  return { events: [{ type: 'alarm.silenced', body: {}, simulated }] }
}

/** What a command leads to; the state decides, and a refusal says which rule and what to do instead. */
export const decide = (state: Alarms, command: Command, now: number): Decision => {
  if (command.type === 'alarm.silence') return silence(state)
  const alarm = command.body.alarm as string
  const one = state.open.get(alarm)
  if (!one) return gone(alarm)
  if (command.type === 'alarm.acknowledge') return acknowledge(state, one)
  if (command.type === 'alarm.shelve') return shelve(one, command, now)
  if (command.type === 'alarm.unshelve') return unshelve(one, command)
  return refuse(`${command.type} is not known`, 'see docs/operations.md')
}
