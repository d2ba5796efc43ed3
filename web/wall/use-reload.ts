import { onScopeDispose } from 'vue'
import { minuteMs, useWall } from '#web/store/wall.ts'
import { entryOf, mayReload } from './reload.ts'

const buildEveryMs = 10 * minuteMs
const answerWithinMs = 5000

/** Begins the page anew in a quiet minute of the night, or after a new build: what grows in a browser goes, the address stays. */
export const useReload = (): void => {
  const wall = useWall()
  const own = document.querySelector<HTMLScriptElement>('script[src]')?.getAttribute('src') ?? null
  let loadedAtMs: number | null = null
  let touchedMs = performance.now()
  let lookedMs = performance.now()
  let isOutdated = false

  const touch = () => {
    touchedMs = performance.now()
  }
  const touches = ['keydown', 'pointermove', 'pointerdown', 'wheel'] as const
  for (const name of touches) addEventListener(name, touch, { passive: true })

  /** Whether the server answers with a page now; and whether it is of another build. */
  const askServer = async (): Promise<boolean> => {
    try {
      const signal = AbortSignal.timeout(answerWithinMs)
      const answer = await fetch('/wall', { cache: 'no-store', signal })
      const entry = answer.ok ? entryOf(await answer.text()) : null
      isOutdated = entry !== null && own !== null && entry !== own
      return entry !== null
    } catch {
      return false
    }
  }
  const openAlarms = (): number | null => {
    if (wall.awaitsFirst) return null
    const topicName = wall.topics.some(({ name }) => name === 'alarms') ? 'alarms' : 'incidents'
    const names = topicName === 'alarms' ? ['openP1', 'openP2'] : ['openLevel1', 'openLevel2']
    return names.reduce((sum, name) => {
      const { value, under } = wall.figureOf(topicName, name)
      return sum + (value ?? (under === undefined ? 0 : 1))
    }, 0)
  }
  const look = async () => {
    const { nowMs } = wall.frame
    loadedAtMs ??= nowMs
    if (performance.now() - lookedMs > buildEveryMs) {
      lookedMs = performance.now()
      await askServer()
    }
    const isQuiet = mayReload({
      nowMs,
      loadedAtMs: loadedAtMs ?? 0,
      isLive: wall.link?.state === 'live',
      openAlarms: openAlarms(),
      untouchedMs: performance.now() - touchedMs,
      isOutdated,
    })
    if (isQuiet && (await askServer())) location.reload()
  }
  const timer = setInterval(() => void look(), minuteMs)
  onScopeDispose(() => {
    clearInterval(timer)
    for (const name of touches) removeEventListener(name, touch)
  })
}
