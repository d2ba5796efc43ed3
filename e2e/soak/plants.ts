import type { Page } from 'playwright-core'

/** Leaks to plant, to see that the soak finds them: each before the page's first line. */
export const plants: Record<string, (page: Page) => Promise<unknown>> = {
  /** a listener for each picture */
  listeners: (page) =>
    page.addInitScript(() => {
      const kept = window.requestAnimationFrame
      window.requestAnimationFrame = (task) => {
        addEventListener('blur', () => void task)
        return kept(task)
      }
    }),
  /** every message of the feed */
  frames: (page) =>
    page.addInitScript(() => {
      const messages: unknown[] = []
      Object.assign(window, { messages })
      const kept = WebSocket.prototype.addEventListener
      WebSocket.prototype.addEventListener = function (this: WebSocket, ...args: unknown[]) {
        if (args[0] === 'message')
          Reflect.apply(kept, this, [
            'message',
            (event: MessageEvent) => {
              // a string as it came is held outside of the heap
              messages.push(typeof event.data === 'string' ? JSON.parse(event.data) : event.data)
            },
          ])
        Reflect.apply(kept, this, args)
      } as typeof kept
    }),
  /** a map layer for each picture that is never finalized: what it made on the GPU stays */
  layers: (page) =>
    page.addInitScript(() => {
      const kept = window.requestAnimationFrame
      const made: unknown[] = []
      Object.assign(window, { made })
      window.requestAnimationFrame = (task) =>
        kept((time) => {
          task(time)
          made.push(
            document
              .querySelector<HTMLCanvasElement>('.prefecture-map canvas:not([data-kept])')
              ?.getContext('webgl2')
              ?.createBuffer(),
          )
        })
    }),
  /** nodes that are held and no longer shown */
  nodes: (page) =>
    page.addInitScript(() => {
      const held: Node[] = []
      Object.assign(window, { held })
      setInterval(() => {
        held.push(document.createElement('p'))
      }, 500)
    }),
}
