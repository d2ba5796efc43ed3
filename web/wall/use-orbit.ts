import { type ComputedRef, computed } from 'vue'
import { useWall } from '#web/store/wall.ts'
import { orbitAt, orbitPx } from './orbit.ts'

/**
 * Where the wall stands on its screen: always a little smaller than it, so that it can move without losing an edge or
 * laying itself out anew. By the place in the layout, never by a transform: the map's pointer stays exact.
 */
export const useOrbit = (): ComputedRef<Record<string, string>> => {
  const wall = useWall()
  return computed(() => {
    const { leftPx, topPx } = orbitAt(wall.frame.nowMs === null ? null : wall.minute)
    return {
      left: `${leftPx}px`,
      top: `${topPx}px`,
      width: `calc(100% - ${2 * orbitPx}px)`,
      height: `calc(100% - ${2 * orbitPx}px)`,
    }
  })
}
