import { sayAlive } from '#mock/alive.ts'
import { tellCalls } from '#mock/calls.ts'
import { tellCells } from '#mock/cells.ts'
import { secondMs } from '#mock/clock.ts'
import { sitAtDesk } from '#mock/desk.ts'
import { DoorClosed, openDoor } from '#mock/door.ts'
import { createForces } from '#mock/forces.ts'
import { type Haste, hasten, storyMsAt } from '#mock/haste.ts'
import { catchUp, type Life, liveOn, missingSince } from '#mock/life.ts'
import { realPace } from '#mock/pace.ts'
import { sendPositions } from '#mock/positions.ts'
import { askStanding } from '#mock/standing.ts'
import { createStory, joinStories } from '#mock/story.ts'
import { findToken, ownUrl } from '#mock/token.ts'
import { tellFraud } from '#topics/anti-fraud/anti-fraud.mock.ts'
import { builtInCells } from '#topics/grid-cells/built-in-cells.ts'
import { dutyOf, tellMatter } from '#topics/grid-cells/grid-cells.mock.ts'
import { tellIncident } from '#topics/incidents/incidents.mock.ts'
import { tellDuty, tellPastRound } from '#topics/patrols/patrols.mock.ts'

const log = (sentence: string) => console.log(`mock: ${sentence}`)

const fail = (sentence: string): never => {
  log(sentence)
  process.exit(1)
}

/** Faster than this the door would be asked more often than it can answer. */
const fastest = 100

const { env } = process
const url = env.WANGLOU_URL || ownUrl(env)
const token =
  findToken(env) ?? fail('there is no token: set WANGLOU_INGEST_TOKEN or start the server first')
const seed = Number(env.WANGLOU_MOCK_SEED || 1)
if (!Number.isSafeInteger(seed) || seed < 0) {
  fail(`WANGLOU_MOCK_SEED must be a whole number, not ${env.WANGLOU_MOCK_SEED}`)
}
/** How fast the story goes on from here; its history is told as ever. */
const speed = Number(env.WANGLOU_MOCK_SPEED || 1)
if (!Number.isInteger(speed) || speed < 1 || speed > fastest) {
  fail(
    `WANGLOU_MOCK_SPEED must be a whole number from 1 to ${fastest}, not ${env.WANGLOU_MOCK_SPEED}`,
  )
}

const stopping = new AbortController()
const stop = () => stopping.abort()
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
// Whoever started it over a channel has gone: nobody is left to stop it.
process.once('disconnect', stop)

const haste: Haste = { fromMs: realPace.now(), speed }
const everyMs = secondMs / speed
const forces = createForces(seed, haste.fromMs, { tellDuty, tellPastRound })
/** Whoever has something to tell of a day. */
const tellers = [tellCalls(seed, tellIncident), tellFraud(seed), forces.tell]
const door = openDoor({
  url,
  token,
  stop: stopping.signal,
  cut: stopping.signal,
  onWait: (reason, delayMs) => log(`again in ${delayMs / 1000} s: ${reason}`),
})
const life: Life = {
  seed,
  story: hasten(
    joinStories(
      createStory((day) => tellers.flatMap((tell) => tell(day))),
      tellCells(seed, builtInCells, { tellMatter, dutyOf }),
    ),
    haste,
  ),
  gatherMs: everyMs,
  door,
  pace: realPace,
  stop: stopping.signal,
  log,
}

try {
  const standing = await askStanding({ url, token, stop: stopping.signal, pace: realPace })
  const nowMs = realPace.now()
  log(`a made-up prefecture, seed ${seed}, speaks to ${url}`)
  const live = async () => {
    await catchUp(life, missingSince(standing, nowMs), nowMs)
    const fixesAt = (atMs: number) => forces.fixesAt(storyMsAt(haste, atMs), Math.round(atMs))
    await Promise.all([
      liveOn(life, nowMs),
      sendPositions({ ...life, fixesAt, everyMs }),
      sitAtDesk({ ...life, url, token }),
    ])
  }
  await Promise.all([sayAlive(life), live()])
} catch (error) {
  if (!stopping.signal.aborted) {
    if (error instanceof DoorClosed) fail(error.message)
    throw error
  }
}
log('stopped')
process.exit(0)
