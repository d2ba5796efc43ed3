import { shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useWall } from '#web/store/wall.ts'

/** The map draws what it was given within half a second; until then it may still show what it was given before, ms. */
const veilMs = 600

/** For whom the wall is: by one key visitors, by the same key those before. */
export const useAudience = () => {
  const wall = useWall()
  const route = useRoute()
  const router = useRouter()
  const isVeiled = shallowRef(false)
  let others = wall.audience === 'visitor' ? 'wall' : wall.audience
  let unveil: ReturnType<typeof setTimeout> | undefined

  return {
    /** the map may hold marks of the former audience in its last picture */
    isVeiled,
    toggleVisitor() {
      const to = wall.audience === 'visitor' ? others : 'visitor'
      if (to === 'visitor') others = wall.audience
      isVeiled.value = true
      clearTimeout(unveil)
      unveil = setTimeout(() => {
        isVeiled.value = false
      }, veilMs)
      wall.switchAudience(to)
      void router.replace({ query: { ...route.query, audience: to } })
    },
  }
}
