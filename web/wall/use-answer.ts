import { onScopeDispose, type ShallowRef, shallowRef } from 'vue'
import { useWall } from '#web/store/wall.ts'

/** Whether somebody answers to alarms at this wall, and to which: by its key, or by pointing at one, or at their place. */
export const useAnswer = (): {
  answered: ShallowRef<{ alarm: string | null } | null>
  answer(): void
} => {
  const wall = useWall()
  const answered = shallowRef<{ alarm: string | null } | null>(null)
  const answerTo = (alarm: string | null) => {
    // whoever is not told all of alarms does not answer to them
    if (wall.audience === 'wall') answered.value = { alarm }
  }
  const onClick = ({ target }: MouseEvent) => {
    if (!(target instanceof Element) || target.closest('[data-figure], [data-sheet]')) return
    const row = target.closest<HTMLElement>('[data-alarm]')
    if (row || target.closest('.alarm-zone')) answerTo(row?.dataset.alarm ?? null)
  }
  addEventListener('click', onClick)
  onScopeDispose(() => removeEventListener('click', onClick))
  return { answered, answer: () => answerTo(null) }
}
