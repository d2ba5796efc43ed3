import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import type { StillTarget } from '#web/kit/map/targets.ts'
import type { MapTarget, Pick } from '#web/kit/map/view.ts'
import { hasOwnKeys } from '#web/kit/own-keys.ts'
import { handPauseMs } from './rotation.ts'
import { useUnacked } from './use-unacked.ts'

const spanKm = 12
/** A followed unit may go this far from the middle before the map goes after it, of what is seen from side to side. */
const leadShare = 0.25
const kmPerDegree = 111.195
/** As long as a rotation waits for a hand. */
const leftMs = handPauseMs

const apartKm = (
  [lonA, latA]: readonly [number, number],
  [lonB, latB]: readonly [number, number],
) => kmPerDegree * Math.hypot((lonA - lonB) * Math.cos((latA * Math.PI) / 180), latA - latB)

/** Where to look so that a followed unit is seen: there already, or after it. */
export const followed = (still: StillTarget, at: readonly [number, number]): StillTarget => {
  const isNear = 'at' in still && apartKm(still.at, at) <= leadShare * spanKm
  return isNear ? still : { at: [at[0], at[1]], spanKm }
}

/**
 * What the map is turned to: what the scene shows, until somebody goes near to something with F. A unit is followed until a
 * hand takes the map (it then stays where it is) or Escape, another scene or a P1 brings the scene back.
 */
export const useNear = (of: {
  picked: Ref<Pick | null>
  /** what the scene shows; a new one ends what somebody looked at */
  scene: () => { target: MapTarget | undefined; shown: readonly string[] }
  /** where a unit is; null: nobody knows */
  unitAt: (unit: string) => [number, number] | null
}) => {
  const still = shallowRef<StillTarget>({ fit: 'prefecture' })
  const near = shallowRef<MapTarget | null>(null)
  watch(
    () => {
      const wanted = near.value ?? of.scene().target ?? { fit: 'prefecture' as const }
      if (!('follow' in wanted)) return wanted
      const at = of.unitAt(wanted.follow)
      return at ? followed(still.value, at) : still.value
    },
    (wanted) => {
      still.value = wanted
    },
    { immediate: true },
  )
  const leave = () => {
    of.picked.value = null
    near.value = null
  }
  watch([() => of.scene().target, () => of.scene().shown], leave)
  const unacked = useUnacked()
  watch(unacked, (now, before) => {
    if (before !== null && (now ?? 0) > before) leave()
  })
  watch(of.picked, (pick) => {
    const isFollowed = near.value && 'follow' in near.value && near.value.follow === pick?.id
    // a hand that points elsewhere has taken the map
    if (near.value && 'follow' in near.value && !isFollowed) near.value = still.value
  })
  // a wall that somebody left near to nothing in particular goes back by itself
  let leaving: ReturnType<typeof setTimeout> | undefined
  watch([near, of.picked], () => {
    clearTimeout(leaving)
    if (near.value && !of.picked.value) leaving = setTimeout(leave, leftMs)
  })
  onScopeDispose(() => clearTimeout(leaving))
  const onKey = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent) => {
    if (hasOwnKeys(target)) return
    if (key === 'Escape') leave()
    const isNear = key.toLowerCase() === 'f' && !ctrlKey && !metaKey && !altKey
    if (!isNear || !of.picked.value) return
    const { layer, id, position } = of.picked.value
    near.value = layer === 'units' ? { follow: id } : { at: position, spanKm }
  }
  addEventListener('keydown', onKey)
  onScopeDispose(() => removeEventListener('keydown', onKey))
  return {
    still,
    isFollowing: (pick: Pick | null) =>
      near.value !== null && 'follow' in near.value && near.value.follow === pick?.id,
  }
}
