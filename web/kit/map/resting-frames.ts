import type { AnimationFrameProvider } from '@luma.gl/engine'

/** How long frames keep coming after the last call for them, ms: longer than one slow frame. */
const awakeMs = 400
/** While nothing changes: often enough to notice an image that has arrived. */
const restMs = 500

/**
 * Frames for deck.gl's loop that come at the screen's pace only while something changes; deck.gl
 * itself would ask for 60 a second for as long as the wall stands. `onPicture` is called at the end of each.
 */
export const restingFrames = (onPicture: () => void = () => {}) => {
  let awakeUntil = 0
  let last = 0
  const waiting = new Map<number, { cancel(): void; hurry(): void }>()
  const provider: AnimationFrameProvider = {
    requestAnimationFrame(callback) {
      const id = ++last
      let frame = 0
      const soon = () => {
        frame = requestAnimationFrame((time) => {
          waiting.delete(id)
          callback(time)
          onPicture()
        })
      }
      const isAwake = performance.now() < awakeUntil
      const timer = isAwake ? undefined : setTimeout(soon, restMs)
      if (isAwake) soon()
      const stop = () => {
        clearTimeout(timer)
        cancelAnimationFrame(frame)
      }
      waiting.set(id, {
        cancel: stop,
        hurry() {
          if (frame > 0) return
          stop()
          soon()
        },
      })
      return id
    },
    cancelAnimationFrame(id) {
      waiting.get(id)?.cancel()
      waiting.delete(id)
    },
  }
  return {
    provider,
    wake() {
      awakeUntil = performance.now() + awakeMs
      for (const frame of waiting.values()) frame.hurry()
    },
  }
}
