import type { Layer } from '@deck.gl/core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keptLand } from './kept-land.ts'

/** Long enough for what stands still to be kept, ms. */
const restMs = 400

/** A canvas that remembers what was drawn on it; what it shows is nobody's concern here. */
const canvasOf = (widthPx = 0, heightPx = 0) => ({
  width: widthPx,
  height: heightPx,
  style: { cssText: 'position:absolute', visibility: '' },
  dataset: {} as Record<string, string>,
  drawn: [] as unknown[],
  getContext() {
    return { drawImage: (from: unknown) => this.drawn.push(from) }
  },
})
type Canvas = ReturnType<typeof canvasOf>

const layerOf = (id: string, isLoaded = true) => ({ id, isLoaded }) as Layer

const openLand = () => {
  const canvas = canvasOf(1920, 1080)
  let picture: Canvas | undefined
  vi.stubGlobal('document', {
    createElement: () => {
      picture = canvasOf()
      return picture
    },
  })
  /** Which layers each picture had, and whether the kept one was seen beneath it. */
  const pictures: { why: string; layers: string[]; isSeen: boolean }[] = []
  let canDraw = true
  const land = keptLand(
    { insertBefore: () => {} } as unknown as HTMLElement,
    canvas as unknown as HTMLCanvasElement,
    (why) => {
      if (!canDraw) return false
      look(why)
      return true
    },
  )
  const all = ['relief', 'borders', 'units']
  /** A picture, as deck.gl makes one. */
  const look = (why: string) => {
    land.beforeRender()
    const layers = all.filter((id) => land.isDue(id))
    pictures.push({ why, layers, isSeen: picture!.style.visibility === 'visible' })
  }
  const still = [layerOf('relief'), layerOf('borders')]
  return {
    land,
    canvas,
    picture: picture!,
    pictures,
    still,
    /** What one more picture has. */
    next() {
      look('a step of a unit')
      return pictures.at(-1)!
    },
    lose() {
      canDraw = false
    },
    find() {
      canDraw = true
    },
  }
}
const whole = { why: 'a step of a unit', layers: ['relief', 'borders', 'units'], isSeen: false }
const above = { why: 'a step of a unit', layers: ['units'], isSeen: true }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('draws the land with all else until it has been still, then once alone, then never again', () => {
  const { land, canvas, picture, pictures, still, next } = openLand()
  land.take(still)
  expect(next()).toEqual(whole)
  vi.advanceTimersByTime(restMs)
  expect(pictures.slice(1)).toEqual([
    { why: 'the land alone', layers: ['relief', 'borders'], isSeen: false },
    { why: 'without the land', layers: ['units'], isSeen: true },
  ])
  expect(picture.drawn).toEqual([canvas])
  expect([picture.width, picture.height]).toEqual([1920, 1080])
  for (let steps = 0; steps < 5; steps++) {
    land.take(still)
    expect(next()).toEqual(above)
    vi.advanceTimersByTime(restMs)
  }
  expect(picture.drawn).toHaveLength(1)
})

it('another land, as by night or of another size, is drawn with all else and kept anew', () => {
  const { land, picture, still, next } = openLand()
  land.take(still)
  vi.advanceTimersByTime(restMs)
  land.take([...still])
  expect(next()).toEqual(whole)
  vi.advanceTimersByTime(restMs)
  expect(picture.drawn).toHaveLength(2)
  expect(next()).toEqual(above)
})

it('while the view moves nothing is kept; it is once it has come to rest', () => {
  const { land, picture, still, next } = openLand()
  land.take(still)
  vi.advanceTimersByTime(restMs)
  for (let pictures = 0; pictures < 60; pictures++) {
    land.changed()
    expect(next()).toEqual(whole)
    vi.advanceTimersByTime(16)
  }
  expect(picture.drawn).toHaveLength(1)
  vi.advanceTimersByTime(restMs)
  expect(picture.drawn).toHaveLength(2)
})

it('is as large as the canvas has become, whatever a pixel is', () => {
  const { land, canvas, picture, still } = openLand()
  land.take(still)
  vi.advanceTimersByTime(restMs)
  ;[canvas.width, canvas.height] = [3840, 2160]
  land.changed()
  vi.advanceTimersByTime(restMs)
  expect([picture.width, picture.height]).toEqual([3840, 2160])
})

it('waits for what has not come yet, and for a context that is lost', () => {
  const { land, picture, next, lose, find } = openLand()
  const relief = { ...layerOf('relief', false) } as Layer & { isLoaded: boolean }
  land.take([relief, layerOf('borders')])
  vi.advanceTimersByTime(10 * restMs)
  expect([picture.drawn.length, next()]).toEqual([0, whole])
  Object.assign(relief, { isLoaded: true })
  lose()
  vi.advanceTimersByTime(10 * restMs)
  expect([picture.drawn.length, next()]).toEqual([0, whole])
  find()
  vi.advanceTimersByTime(restMs)
  expect([picture.drawn.length, next()]).toEqual([1, above])
})

it('without any land there is nothing to keep, and at its end nothing is drawn any more', () => {
  const { land, picture, pictures, still } = openLand()
  land.changed()
  vi.advanceTimersByTime(restMs)
  expect(pictures).toEqual([])
  land.take(still)
  land.end()
  vi.advanceTimersByTime(10 * restMs)
  expect([pictures, picture.drawn]).toEqual([[], []])
})
