import { type ComputedRef, computed } from 'vue'
import { useWall } from '#web/store/wall.ts'

/** Priority-1 alarms that nobody has acknowledged; null while that is not known. */
export const useUnacked = (): ComputedRef<number | null> => {
  const wall = useWall()
  return computed(() => {
    if (wall.awaitsFirst) return null
    // without alarms as a topic of their own, an open level-1 incident is the nearest to one
    const hasAlarms = wall.topics.some(({ name }) => name === 'alarms')
    const figure = hasAlarms
      ? wall.figureOf('alarms', 'unackedP1')
      : wall.figureOf('incidents', 'openLevel1')
    // withheld as a small count is not none
    return figure.value ?? (figure.under === undefined ? 0 : 1)
  })
}
