import { tellCalls } from '#mock/calls.ts'
import { tellCells } from '#mock/cells.ts'
import { hourMs } from '#mock/clock.ts'
import { createForces } from '#mock/forces.ts'
import { createStory, joinStories, type Line } from '#mock/story.ts'
import { nounOf } from '#protocol/topic.ts'
import { tellFraud } from '#topics/anti-fraud/anti-fraud.mock.ts'
import { builtInCells } from '#topics/grid-cells/built-in-cells.ts'
import { dutyOf, tellMatter } from '#topics/grid-cells/grid-cells.mock.ts'
import { tellIncident } from '#topics/incidents/incidents.mock.ts'
import { tellDuty, tellPastRound } from '#topics/patrols/patrols.mock.ts'

const seed = 1
/** Late enough that no clock is suspected: the door believes 24 hours. */
const sinceHours = 20
/** In so many reports somebody has put a number where it does not belong, so that there is something to mask. */
const reportsPerNumber = 20

const dayUpTo = (now: number): Line[] => {
  const forces = createForces(seed, now, { tellDuty, tellPastRound })
  const tellers = [tellCalls(seed, tellIncident), tellFraud(seed), forces.tell]
  return joinStories(
    createStory((day) => tellers.flatMap((tell) => tell(day))),
    tellCells(seed, builtInCells, { tellMatter, dutyOf }),
  ).between(now - sinceHours * hourMs, now)
}

/**
 * Events as a prefecture sends them, the mock's own, in equal parts of incidents, anti-fraud, cells and patrols:
 * the last hours, told again under new ids for as long as it takes.
 */
export const mixOf = (count: number, now: number): Line[] => {
  const byNoun = Object.values(Object.groupBy(dayUpTo(now), ({ type }) => nounOf(type)))
  return Array.from({ length: count }, (_, n) => {
    const lines = byNoun[n % byNoun.length]!
    const place = Math.floor(n / byNoun.length)
    const line = lines[place % lines.length]!
    const id = `${line.id}~${Math.floor(place / lines.length)}`
    if (line.type !== 'incident.reported' || n % reportsPerNumber !== 0) return { ...line, id }
    return { ...line, id, body: { ...line.body, summary: `${line.body.summary}，13800000000` } }
  })
}
