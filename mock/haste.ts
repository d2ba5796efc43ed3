import type { Line, Story } from '#mock/story.ts'

/** From `fromMs` on, a story's time runs `speed` times as fast as the clock. */
export interface Haste {
  fromMs: number
  speed: number
}

/** How far a story is when the clock says `atMs`, ms. */
export const storyMsAt = ({ fromMs, speed }: Haste, atMs: number): number =>
  atMs <= fromMs ? atMs : fromMs + (atMs - fromMs) * speed

/** When the clock says so, a story is at `storyMs`; whole ms, as the door wants them. */
export const clockMsAt = ({ fromMs, speed }: Haste, storyMs: number): number =>
  storyMs <= fromMs ? storyMs : Math.round(fromMs + (storyMs - fromMs) / speed)

/**
 * The same story in haste: its past is as it was, and what is still to come happens so many times as often, lasts so much
 * shorter, and is dated when it happens. What is open at a time is as much as ever.
 */
export const hasten = (story: Story, haste: Haste): Story => {
  const redate = (line: Line): Line => {
    const dates = Object.entries(line.body).flatMap(([field, value]): [string, number][] =>
      field.endsWith('At') && typeof value === 'number' ? [[field, clockMsAt(haste, value)]] : [],
    )
    const at = clockMsAt(haste, line.at)
    return { ...line, at, body: { ...line.body, ...Object.fromEntries(dates) } }
  }
  const told =
    (tell: (fromMs: number, toMs: number) => Line[]) =>
    (fromMs: number, toMs: number): Line[] =>
      tell(storyMsAt(haste, fromMs), storyMsAt(haste, toMs)).map(redate)
  return haste.speed === 1
    ? story
    : { between: told(story.between), wholeSince: told(story.wholeSince) }
}
