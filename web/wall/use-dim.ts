import './night.css'
import { computed, onScopeDispose, shallowRef, watchEffect } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useWall } from '#web/store/wall.ts'
import { type Dim, isNight } from './dim.ts'

/** Day or night on the whole page; a hand may turn it, and the address then says so. */
export const useDim = (first: Dim) => {
  const wall = useWall()
  const route = useRoute()
  const router = useRouter()
  const dim = shallowRef(first)
  const isDark = computed(() => isNight(dim.value, wall.frame.nowMs && wall.minute))
  watchEffect(() => {
    document.documentElement.dataset.dim = isDark.value ? 'night' : 'day'
  })
  onScopeDispose(() => delete document.documentElement.dataset.dim)
  return {
    toggleDim() {
      dim.value = isDark.value ? 'day' : 'night'
      void router.replace({ query: { ...route.query, dim: dim.value } })
    },
  }
}
