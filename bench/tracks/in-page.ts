import { Deck, type Layer, MapView } from '@deck.gl/core'
import { encodeTracks } from '#protocol/track-frame.ts'
import { createTrackStore } from '#web/store/tracks.ts'
import { trailLayers } from '#web/wall/trail-layer.ts'
import { createGlide } from '#web/wall/unit-glide.ts'
import { unitLayer } from '#web/wall/unit-layer.ts'
import { openCells } from './bench-cells.ts'
import { objectLayer, type PlainUnit, unitAt } from './plain-units.ts'

/** Ways of bringing an update to the screen. */
export type Way = 'columns' | 'objects' | 'json'
/** A picture to which nothing has come, of either kind of layer. */
export type Idle = 'idle columns' | 'idle objects'

/** What moves, and what changes with each update. */
export interface Load {
  units: number
  /** one unit in so many moves with each update */
  every: number
  /** with the grid on the map: so many of its cells change their status; absent: no grid */
  cellsTurned?: number
  /** units glide from fix to fix in so many pictures; absent: they step */
  glidePictures?: number
}

const nowMs = Date.UTC(2026, 10, 22)
const labelPx = 24
const updatesHeld = 12
/** Between two fixes of a unit. */
const fixEveryMs = 1000
/** Of the time of a frame, bytes from its beginning. */
const timeAt = 8

/** What deck.gl's types do not tell: the work of one picture, and what asks for it. */
interface Drawn {
  _onRenderFrame(): void
  _needsRedraw: string | false
  animationLoop: { stop(): void }
  canvas: HTMLCanvasElement
  layerManager: {
    getLayers(): { isLoaded: boolean }[]
    context: { timeline: { pause(): void; setTime(ms: number): void } }
  }
}

const insideOf = (deck: Deck<MapView>): Drawn => deck as unknown as Drawn

const openDeck = async (): Promise<Deck<MapView>> => {
  const canvas = document.createElement('canvas')
  const room = document.createElement('div')
  room.append(canvas)
  // small, so that software drawing leaves the machine to the scripts
  room.style.cssText = 'position:relative;width:320px;height:180px'
  document.body.append(room)
  const deck = new Deck<MapView>({
    canvas,
    width: 320,
    height: 180,
    views: new MapView({ id: 'map', controller: false }),
    viewState: { longitude: 100.9, latitude: 21.8, zoom: 20 },
  })
  while (!deck.isInitialized) await picture()
  // from here on the bench asks for the pictures
  insideOf(deck).animationLoop.stop()
  insideOf(deck).layerManager.context.timeline.pause()
  return deck
}

const picture = () => new Promise((done) => requestAnimationFrame(done))

/** Drawing is software's here, in another process: left out on all sides, it leaves the machine to the scripts. */
const drawNothing = (): void => {
  const context = WebGL2RenderingContext.prototype
  context.drawArraysInstanced = () => {}
  context.drawElementsInstanced = () => {}
  context.drawArrays = () => {}
  context.drawElements = () => {}
}

/** Sets up all sides; the result runs so many updates in one way, each to a picture of its own, or to a glide of some. */
export const openBench = async ({ units: count, every, cellsTurned, glidePictures }: Load) => {
  const moved = Array.from({ length: updatesHeld }, (_, update) =>
    Array.from({ length: count }, (__, n) => unitAt(n, update, nowMs)).filter(
      (___, n) => update === 0 || n % every === update % every,
    ),
  )
  const byName = new Map(moved[0]!.map((unit, index) => [unit.unit, { index, unit }]))
  const frames = moved.map(
    (units) =>
      encodeTracks(
        units.map((fix) => ({ index: byName.get(fix.unit)!.index, fix })),
        nowMs,
        false,
      )[0]!,
  )
  const texts = moved.map((units) => JSON.stringify(units))
  // what a program with objects holds anyway: everybody's latest, in a new list for each update
  let latest = [...moved[0]!]
  const updates = moved.map((units) => {
    latest = [...latest]
    for (const unit of units) latest[byName.get(unit.unit)!.index] = unit
    return latest
  })
  const noKinds = new Map()
  const picturesOf = { columns: await openDeck(), objects: await openDeck() }
  const store = createTrackStore()
  store.name({ kind: 'units', from: 0, names: [...byName.keys()], simulated: [] })
  store.take(frames[0]!)
  const cells = cellsTurned === undefined ? null : await openCells(cellsTurned, nowMs, labelPx)
  const glide = glidePictures === undefined ? null : createGlide()
  const pictures = glidePictures ?? 1
  let taken = 0
  const objectsOf = (units: readonly PlainUnit[], n: number): Layer[] => [
    ...(cells?.turnByObjects(n) ?? []),
    objectLayer(units, labelPx * 0.6, nowMs, glide ? fixEveryMs : 0),
  ]
  const tracksOf = (shown: Float32Array | null) =>
    unitLayer({ tracks: store.now(), now: nowMs, labelPx, kinds: noKinds, shown })

  const idle = (_: number, deck: Deck<MapView>): void => {
    insideOf(deck)._needsRedraw = 'idle'
  }
  /** `step` counts the pictures of one update: the message has come before the first. */
  type Feed = (n: number, deck: Deck<MapView>, step: number) => void
  const once =
    (feed: (n: number, deck: Deck<MapView>) => void): Feed =>
    (n, deck, step) => {
      const { timeline } = insideOf(deck).layerManager.context
      if (step === 0) feed(n, deck)
      else idle(n, deck)
      timeline.setTime(fixEveryMs * (taken + step / pictures))
    }
  let ground: Layer[] = []
  const feed: Record<Way | Idle, Feed> = {
    columns(n, deck, step) {
      if (step === 0) {
        // a frame that is used again has come later
        if (glide)
          new DataView(frames[n]!.buffer).setFloat64(timeAt, nowMs + fixEveryMs * taken, true)
        store.take(frames[n]!)
        glide?.take(store.now().table, fixEveryMs * taken)
        ground = cells?.turnByEvents(n) ?? []
      }
      glide?.step(fixEveryMs * (taken + step / pictures))
      const trails = glide ? trailLayers(glide, labelPx) : []
      const shown = glide?.shown().subarray() ?? null
      deck.setProps({ layers: [...ground, ...trails, tracksOf(shown)] })
    },
    objects: once((n, deck) => deck.setProps({ layers: objectsOf(updates[n]!, n) })),
    json: once((n, deck) => {
      let units = JSON.parse(texts[n]!) as PlainUnit[]
      if (units.length < count) {
        for (const unit of units) byName.get(unit.unit)!.unit = unit
        units = Array.from(byName.values(), ({ unit }) => unit)
      }
      deck.setProps({ layers: objectsOf(units, n) })
    }),
    'idle columns': idle,
    'idle objects': idle,
  }

  for (const way of ['columns', 'objects'] as const) {
    const deck = picturesOf[way]
    feed[way](0, deck, 0)
    const inside = insideOf(deck)
    // what is not loaded is not drawn, and would be had for nothing
    do {
      inside._onRenderFrame()
      await picture()
    } while (!inside.layerManager.getLayers().every(({ isLoaded }) => isLoaded))
  }

  drawNothing()
  return async (way: Way | Idle, times: number): Promise<void> => {
    const deck = way.endsWith('columns') ? picturesOf.columns : picturesOf.objects
    const inside = insideOf(deck)
    const gl = inside.canvas.getContext('webgl2')!
    const pixel = new Uint8Array(4)
    for (let n = 0; n < times; n++) {
      taken += 1
      for (let step = 0; step < pictures; step++) {
        // the first one tells of everybody
        feed[way](1 + (n % (updatesHeld - 1)), deck, step)
        inside._onRenderFrame()
        // wait until the picture is drawn, so that no update pays for the one before
        gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
        await picture()
      }
    }
  }
}

Object.assign(globalThis, { openBench })
