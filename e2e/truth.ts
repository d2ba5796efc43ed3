import type { Looked } from './bare-tab.ts'

/** What a screen said that was not so, and how often it was looked at. */
export interface Truth {
  pictures: number
  states: string[]
  lies: string[]
  /** when a timer of the page's own ran, ms by this machine's clock */
  ticks: number[]
}

interface Watched {
  shiftMs: number
  heardAt: number
  /** the least time that a word of this socket's was on its way, ms; without `shiftMs` */
  leastDelayMs: number
  pictures: number
  states: string[]
  lies: string[]
  ticks: number[]
}
type WatchedWindow = typeof globalThis & { watched: Watched }

/** How old the newest word of the server may be on a screen that says live: docs/decisions/0012. */
const promisedMs = 10_000
/**
 * A clock that turns each second may be behind by that, and by a word that was on its way; where a busy machine held
 * every word longer than that, the page cannot know better, so what the least of them took is added.
 */
const behindMs = 2500
const tickEveryMs = 1000

/**
 * Looks at a page from before its first line, at every picture and every change: what stands there when a picture's
 * callbacks have run is what is painted. The truth is this machine's clock and the time in the server's own words.
 */
export const watchTruth = (page: Looked): Promise<unknown> =>
  page.addInitScript(
    ({ promisedMs, behindMs, tickEveryMs }) => {
      const watched: Watched = {
        shiftMs: 0,
        heardAt: 0,
        leastDelayMs: 0,
        pictures: 0,
        states: [],
        lies: [],
        ticks: [],
      }
      Object.assign(window, { watched })
      setInterval(() => watched.ticks.push(Date.now()), tickEveryMs)
      const listen = WebSocket.prototype.addEventListener
      WebSocket.prototype.addEventListener = function (this: WebSocket, ...args: unknown[]) {
        if (args[0] === 'message')
          Reflect.apply(listen, this, [
            'message',
            ({ data }: MessageEvent<unknown>) => {
              if (typeof data !== 'string') return
              const [, kind, said] =
                /^\{"kind":"(heartbeat|welcome)".*?"serverTime":(\d+)/.exec(data) ?? []
              if (!said) return
              watched.heardAt = Number(said)
              const delayMs = Date.now() - watched.heardAt
              watched.leastDelayMs =
                kind === 'welcome' ? delayMs : Math.min(watched.leastDelayMs, delayMs)
            },
          ])
        Reflect.apply(listen, this, args)
      } as typeof listen

      const look = () => {
        const root = document.querySelector<HTMLElement>('main[data-link]')
        if (!root) return
        const { link = '', now = '' } = root.dataset
        const trueNow = Date.now() + watched.shiftMs
        if (watched.states.at(-1) !== link) watched.states.push(link)
        const panels = [...root.querySelectorAll<HTMLElement>('[data-freshness]')]
        const saysLive =
          link === 'live' || panels.some(({ dataset }) => dataset.freshness === 'live')
        const silentMs = trueNow - watched.heardAt
        const unknowableMs = Math.max(0, watched.leastDelayMs + watched.shiftMs)
        const lie = (what: string) => {
          if (watched.lies.length < 20) watched.lies.push(`${new Date().toISOString()} ${what}`)
        }
        if (saysLive && silentMs > promisedMs + unknowableMs)
          lie(`${link} and live panels ${silentMs} ms after the last word`)
        // while the link is lost the clock stands still, and the age of the last word is there instead
        if (link !== 'lost' && now !== '' && trueNow - Number(now) > behindMs + unknowableMs)
          lie(`${link}: its clock is ${trueNow - Number(now)} ms behind, so every age is too low`)
        const clock = root.querySelector('[data-clock]')?.textContent ?? ''
        const [, count, unit] = /(\d+) (s|min|h) ago/.exec(clock) ?? []
        if (link === 'lost' && count !== undefined) {
          const unitMs = { s: 1000, min: 60_000, h: 3_600_000 }[unit as 's' | 'min' | 'h']
          const ageMs = (Number(count) + 1) * unitMs
          if (silentMs - ageMs > behindMs + unknowableMs)
            lie(`lost: says ${clock}, the last word is ${silentMs} ms old`)
        }
      }
      const request = window.requestAnimationFrame
      window.requestAnimationFrame = (task) =>
        request((time) => {
          task(time)
          // after what Vue does for this callback, before the picture is painted
          queueMicrotask(() =>
            queueMicrotask(() => {
              watched.pictures += 1
              look()
            }),
          )
        })
      new MutationObserver(look).observe(document, {
        subtree: true,
        attributes: true,
        attributeFilter: ['data-link', 'data-now', 'data-freshness'],
      })
    },
    { promisedMs, behindMs, tickEveryMs },
  )

/** The server's clock is so far ahead of this machine's from now on, ms. */
export const shiftTruth = (page: Looked, shiftMs: number): Promise<void> =>
  page.evaluate((ms) => {
    ;(globalThis as WatchedWindow).watched.shiftMs = ms
  }, shiftMs)

/** What was seen since the page was opened, or since the last time. */
export const readTruth = (page: Looked): Promise<Truth> =>
  page.evaluate(() => {
    const { watched } = globalThis as WatchedWindow
    const { pictures, states, lies, ticks } = watched
    Object.assign(watched, { pictures: 0, states: states.slice(-1), lies: [], ticks: [] })
    return { pictures, states, lies, ticks }
  })

/** Whether the page has painted since it was last read. */
export const hasPainted = (page: Looked): Promise<boolean> =>
  page.evaluate(() => (globalThis as WatchedWindow).watched.pictures > 0)
