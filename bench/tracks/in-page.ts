import { Deck, MapView } from '@deck.gl/core'
import { IconLayer } from '@deck.gl/layers'
import { encodeTracks } from '#protocol/track-frame.ts'
import { createTrackStore } from '#web/store/tracks.ts'
import { unitLayer } from '#web/wall/unit-layer.ts'

/** A unit as a program that knows no columns would hold it. */
interface PlainUnit {
  unit: string
  at: number
  lon: number
  lat: number
  speedKmh: number
  headingDeg: number
}

/** Ways of bringing an update to the screen. */
export type Way = 'columns' | 'objects' | 'json'
/** A picture to which nothing has come, of either kind of layer. */
export type Idle = 'idle columns' | 'idle objects'

const nowMs = Date.UTC(2026, 10, 22)
const labelPx = 24
const updatesHeld = 12

const fraction = (n: number): number => Math.abs((Math.sin(n) * 43_758.5453) % 1)
const unitAt = (n: number, update: number): PlainUnit => ({
  unit: `U-${n}`,
  at: nowMs,
  lon: 100.2 + fraction(n) * 1.4 + update * 1e-3,
  lat: 21.3 + fraction(n + 0.5) + update * 1e-3,
  // one in thirty starts or stops with each update
  speedKmh: (n + update) % 30 < 15 ? 0 : 30,
  headingDeg: Math.round(fraction(n + 0.25) * 359 + 7 * update) % 360,
})

/** deck.gl as its guide feeds it: objects in, an accessor a column. */
const objectLayer = (data: readonly PlainUnit[]) =>
  new IconLayer<PlainUnit>({
    id: 'units',
    data,
    iconAtlas: '/icons/unit-marks.png',
    iconMapping: {
      moving: { x: 0, y: 0, width: 64, height: 64, mask: true },
      standing: { x: 64, y: 0, width: 64, height: 64, mask: true },
    },
    getPosition: ({ lon, lat }) => [lon, lat],
    getAngle: ({ headingDeg }) => -headingDeg,
    getColor: ({ at }) => [169, 188, 211, nowMs - at > 60_000 ? 70 : 255],
    getIcon: ({ speedKmh }) => (speedKmh < 2 ? 'standing' : 'moving'),
    getSize: labelPx * 0.6,
  })

/** What deck.gl's types do not tell: the work of one picture, and what asks for it. */
interface Drawn {
  _onRenderFrame(): void
  _needsRedraw: string | false
  animationLoop: { stop(): void }
  canvas: HTMLCanvasElement
  layerManager: { getLayers(): { isLoaded: boolean }[] }
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

/**
 * Sets up all sides; the result runs so many updates in one way, each to a picture of its own. With each update one
 * unit in `every` has moved.
 */
export const openBench = async (count: number, every: number) => {
  const moved = Array.from({ length: updatesHeld }, (_, update) =>
    Array.from({ length: count }, (__, n) => unitAt(n, update)).filter(
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

  const idle = (_: number, deck: Deck<MapView>): void => {
    insideOf(deck)._needsRedraw = 'idle'
  }
  const feed: Record<Way | Idle, (n: number, deck: Deck<MapView>) => void> = {
    columns(n, deck) {
      store.take(frames[n]!)
      deck.setProps({
        layers: [
          unitLayer({ tracks: store.now(), now: nowMs, labelPx, kinds: noKinds, shown: null }),
        ],
      })
    },
    objects: (n, deck) => deck.setProps({ layers: [objectLayer(updates[n]!)] }),
    json(n, deck) {
      let units = JSON.parse(texts[n]!) as PlainUnit[]
      if (units.length < count) {
        for (const unit of units) byName.get(unit.unit)!.unit = unit
        units = Array.from(byName.values(), ({ unit }) => unit)
      }
      deck.setProps({ layers: [objectLayer(units)] })
    },
    'idle columns': idle,
    'idle objects': idle,
  }

  for (const way of ['columns', 'objects'] as const) {
    const deck = picturesOf[way]
    feed[way](0, deck)
    const inside = insideOf(deck)
    // what is not loaded is not drawn, and would be had for nothing
    do {
      inside._onRenderFrame()
      await picture()
    } while (!inside.layerManager.getLayers()[0]?.isLoaded)
  }

  drawNothing()
  return async (way: Way | Idle, times: number): Promise<void> => {
    const deck = way.endsWith('columns') ? picturesOf.columns : picturesOf.objects
    const inside = insideOf(deck)
    const gl = inside.canvas.getContext('webgl2')!
    const pixel = new Uint8Array(4)
    for (let n = 0; n < times; n++) {
      // the first one tells of everybody
      feed[way](1 + (n % (updatesHeld - 1)), deck)
      inside._onRenderFrame()
      // wait until the picture is drawn, so that no update pays for the one before
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
      await picture()
    }
  }
}

Object.assign(globalThis, { openBench })
