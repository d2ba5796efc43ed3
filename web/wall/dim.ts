import { hourOf } from '#web/kit/beijing.ts'

const nightFromHour = 21
const dayFromHour = 7

export type Dim = 'auto' | 'day' | 'night'

/** Whether the room is dark: as somebody said, else by Beijing's hour. */
export const isNight = (dim: Dim, nowMs: number | null): boolean => {
  if (dim !== 'auto') return dim === 'night'
  if (nowMs === null) return false
  const hour = hourOf(nowMs)
  return hour >= nightFromHour || hour < dayFromHour
}
