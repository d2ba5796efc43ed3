import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import {
  choose,
  isHeld,
  readPlan,
  startRotation,
  step,
  toggleRotation,
  turn,
  usualPlan,
} from './rotation.ts'
import { pathOf, sceneOf } from './router.ts'
import { type SceneName, sceneNames } from './scenes/scene.ts'
import { useUnacked } from './use-unacked.ts'

/** The scene that stands on the wall: by its address, by a key, by schedule, by an alarm. */
export const useScenes = (rotate: string | null) => {
  const route = useRoute()
  const router = useRouter()
  const unacked = useUnacked()
  const now = () => performance.now()
  const plan = readPlan(rotate)
  const isOn = plan !== null || rotate === 'on'
  const rotation = shallowRef(startRotation(sceneOf(route.path), plan ?? usualPlan, isOn, now()))
  const isWaiting = shallowRef(false)

  const look = () => {
    rotation.value = turn(rotation.value, unacked.value, now())
    isWaiting.value = isHeld(rotation.value, now())
  }
  watch(unacked, look, { immediate: true })
  const timer = setInterval(look, 1000)
  onScopeDispose(() => clearInterval(timer))

  const scene = computed(() => rotation.value.scene)
  watch(scene, (name) => {
    if (sceneOf(route.path) !== name)
      void router.replace({ path: pathOf(name), query: route.query })
  })
  const go = (name: SceneName) => {
    rotation.value = choose(rotation.value, name, now())
    look()
  }
  watch(
    () => sceneOf(route.path),
    (name) => {
      if (name !== rotation.value.scene) go(name)
    },
  )
  return {
    scene,
    at: computed(() => sceneNames.indexOf(scene.value)),
    isRotating: computed(() => rotation.value.isOn),
    isWaiting,
    go,
    step(by: 1 | -1) {
      rotation.value = step(rotation.value, by, now())
      look()
    },
    toggle() {
      rotation.value = toggleRotation(rotation.value, now())
      const { rotate: _, ...query } = route.query
      const said = rotation.value.isOn ? { rotate: rotate ?? 'on' } : { rotate: 'off' }
      void router.replace({ query: { ...query, ...said } })
      look()
    },
  }
}
