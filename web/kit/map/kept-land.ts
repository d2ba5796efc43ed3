import type { Layer } from '@deck.gl/core'

/** The land has not changed for so long: it will stand for a while, ms. */
const stillMs = 300

/**
 * The land as a picture of its own beneath the canvas of what moves. Relief, form lines and borders are the dearest part of
 * the map and stand for hours: they are drawn once for a view, and not with every step of a unit.
 */
export const keptLand = (
  parent: HTMLElement,
  canvas: HTMLCanvasElement,
  /** draws at once; false: there is nothing to draw on */
  draw: (why: string) => boolean,
) => {
  const picture = document.createElement('canvas')
  picture.style.cssText = canvas.style.cssText
  picture.style.visibility = 'hidden'
  picture.dataset.kept = ''
  parent.insertBefore(picture, canvas)
  let land: readonly Layer[] = []
  let ids = new Set<string>()
  let isKept = false
  let isAlone = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const keep = () => {
    if (land.length === 0) return
    isAlone = true
    const isThere = land.every(({ isLoaded }) => isLoaded) && draw('the land alone')
    if (isThere) {
      picture.width = canvas.width
      picture.height = canvas.height
      picture.getContext('2d')?.drawImage(canvas, 0, 0)
    }
    isAlone = false
    isKept = isThere
    // in the same task, so that nobody sees the land alone
    if (isKept) draw('without the land')
    else timer = setTimeout(keep, stillMs)
  }
  /** The view or the land has changed: it is drawn with all else until it is still again. */
  const changed = () => {
    isKept = false
    clearTimeout(timer)
    timer = setTimeout(keep, stillMs)
  }
  return {
    changed,
    take(next: readonly Layer[]): void {
      if (next === land) return
      land = next
      ids = new Set(next.map(({ id }) => id))
      changed()
    },
    isDue: (id: string): boolean => (isAlone ? ids.has(id) : !(isKept && ids.has(id))),
    /** Before each picture: what is kept is seen with what was drawn without it, and never with another. */
    beforeRender(): void {
      picture.style.visibility = isKept ? 'visible' : 'hidden'
    },
    end: () => clearTimeout(timer),
  }
}
