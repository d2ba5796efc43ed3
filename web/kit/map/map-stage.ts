import './free-luma.ts'
import { Deck, type Layer, MapView } from '@deck.gl/core'
import type { Device } from '@luma.gl/core'
import type { AnimationLoop } from '@luma.gl/engine'
import type { Camera } from './fit.ts'
import { keptLand } from './kept-land.ts'
import { restingFrames } from './resting-frames.ts'

/**
 * `lost`: there is no picture now; the stage keeps trying by itself.
 * `starting`: a new Deck is there and has nothing to draw until it is shown new layers.
 */
export type StageState = 'starting' | 'drawn' | 'lost'
export interface Stage {
  /**
   * Draws these over the land: at once, or where `isSoon` is not said at most twice a second. The land is the same list for
   * as long as nothing of it changes.
   */
  show(land: readonly Layer[], layers: readonly Layer[], isSoon?: boolean): void
  /** Looks from here at once. */
  turn(camera: Camera): void
  /** What is drawn at a pixel of the stage, or within `radiusPx` of it; dear, so only when somebody asks. */
  hitAt(xPx: number, yPx: number, radiusPx: number): Hit | null
  /** Draw soon: the size or the pixel density changed. */
  wake(): void
  end(): void
}

/** What lies at a pixel, as its layer knows it. */
export interface Hit {
  layerId: string
  index: number
  /** what the layer was given; undefined where it was given columns */
  object: unknown
  position: [lon: number, lat: number]
}

/** A change of the map is drawn at once, and the next not sooner: a map is dear to draw, and the panels share its frames. */
const showEveryMs = 500
const firstRetryMs = 1000
const longestRetryMs = 30_000

/**
 * The one deck.gl canvas, in `parent`. deck.gl cannot live on after its WebGL context is lost, so a
 * new Deck takes its place; it needs new layers, since an instance belongs to the Deck that drew it.
 */
export const startStage = (
  parent: HTMLDivElement,
  onState: (state: StageState) => void,
  onPicture?: () => void,
): Stage => {
  const frames = restingFrames(onPicture)
  let deck: Deck<MapView> | null = null
  let canvas: HTMLCanvasElement | null = null
  let device: Device | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let retryMs = firstRetryMs
  let isShown = false
  let isDrawn = false
  let waiting: Layer[] | null = null
  let land: ReturnType<typeof keptLand> | null = null
  let camera: Camera = { longitude: 0, latitude: 0, zoom: 0 }
  let showing: ReturnType<typeof setTimeout> | undefined
  let shownAtMs = Number.NEGATIVE_INFINITY

  const put = () => {
    showing = undefined
    if (!waiting) return
    const layers = waiting
    waiting = null
    shownAtMs = performance.now()
    isShown = true
    deck?.setProps({ viewState: camera, layers })
    frames.wake()
  }
  const drop = () => {
    land?.end()
    deck?.finalize()
    deck = null
    // frees the context at once: a browser allows about sixteen, and kills the oldest beyond that
    if (device && !device.isLost) device.loseDevice()
    device = null
    parent.replaceChildren()
  }
  const lose = () => {
    if (retry !== undefined) return
    // its layers were made for the Deck that is lost
    waiting = null
    isShown = false
    isDrawn = false
    onState('lost')
    retry = setTimeout(() => {
      retry = undefined
      waiting = null
      drop()
      start()
      onState('starting')
    }, retryMs)
    retryMs = Math.min(longestRetryMs, retryMs * 2)
  }
  const start = () => {
    canvas = document.createElement('canvas')
    // deck.gl would look up what lies under every move of a pointer: who clicks asks `hitAt`
    canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none'
    canvas.addEventListener('webglcontextlost', lose)
    parent.append(canvas)
    land = keptLand(parent, canvas, (why) => {
      if (!deck || !isDrawn) return false
      deck.redraw(why)
      return true
    })
    deck = new Deck<MapView>({
      canvas,
      views: new MapView({ id: 'map', controller: false }),
      layerFilter: ({ layer }) => land?.isDue(layer.id) ?? true,
      onBeforeRender: () => land?.beforeRender(),
      viewState: camera,
      useDevicePixels: true,
      getCursor: () => 'default',
      onDeviceInitialized(made) {
        device = made
      },
      onAfterRender() {
        frames.wake()
        if (isDrawn || !isShown) return
        isDrawn = true
        retryMs = firstRetryMs
        onState('drawn')
      },
      onError(error) {
        console.error('map:', error)
        if (!device) lose()
      },
    })
    // the loop is not public, its frame source is: see restingFrames
    const { animationLoop } = deck as unknown as { animationLoop: AnimationLoop }
    animationLoop.setProps({ animationFrameProvider: frames.provider })
  }
  start()

  return {
    show(still, layers, isSoon = false) {
      land?.take(still)
      waiting = [...still, ...layers]
      if (isSoon) {
        clearTimeout(showing)
        put()
        return
      }
      showing ??= setTimeout(put, Math.max(0, shownAtMs + showEveryMs - performance.now()))
    },
    turn(to) {
      camera = to
      land?.changed()
      // before its first layers a Deck has nothing to draw
      if (!isShown) return
      deck?.setProps({ viewState: camera })
      frames.wake()
    },
    hitAt(x, y, radius) {
      if (!deck || !isDrawn) return null
      const hit = deck.pickObject({ x, y, radius })
      if (!hit?.layer || !hit.coordinate) return null
      const [lon, lat] = hit.coordinate as [number, number]
      const { layer, index, object } = hit
      return { layerId: layer.id, index, object, position: [lon, lat] }
    },
    wake() {
      land?.changed()
      frames.wake()
    },
    end() {
      clearTimeout(retry)
      clearTimeout(showing)
      retry = undefined
      canvas?.removeEventListener('webglcontextlost', lose)
      drop()
    },
  }
}
