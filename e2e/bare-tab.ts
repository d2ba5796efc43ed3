import { once } from 'node:events'
import type { Page } from 'playwright-core'
import { WebSocket } from 'ws'

/** What looks at a page needs no more of it. */
export type Looked = Pick<Page, 'evaluate' | 'addInitScript'>

/**
 * A tab that nobody keeps awake: what Playwright opens it shows for ever, with timers that nothing slows down. Of a
 * browser that listens at a port (`launchBrowser(port)`).
 */
export interface BareTab extends Looked {
  open(url: string): Promise<void>
  /** Puts it before the other tabs of the browser, which are then in the background. */
  bringToFront(): Promise<void>
  /** Nothing in it runs, as on a machine that sleeps; only a tab in the background can be. */
  freeze(isFrozen: boolean): Promise<void>
}

export const openBareTab = async (port: number): Promise<BareTab> => {
  const answer = await fetch(`http://127.0.0.1:${port}/json/new?about:blank`, { method: 'PUT' })
  const { webSocketDebuggerUrl } = (await answer.json()) as { webSocketDebuggerUrl: string }
  const socket = new WebSocket(webSocketDebuggerUrl)
  await once(socket, 'open')
  const waiting = new Map<number, (answer: Record<string, unknown>) => void>()
  socket.on('message', (message) => {
    const answered = JSON.parse(message.toString()) as { id?: number } & Record<string, unknown>
    if (answered.id !== undefined) waiting.get(answered.id)?.(answered)
  })
  let last = 0
  const send = async (method: string, params: object = {}): Promise<Record<string, unknown>> => {
    const id = ++last
    const answered = new Promise<Record<string, unknown>>((resolve) => waiting.set(id, resolve))
    socket.send(JSON.stringify({ id, method, params }))
    const { result, error } = await answered
    waiting.delete(id)
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`)
    return result as Record<string, unknown>
  }
  await send('Page.enable')
  const callOf = (task: unknown, argument: unknown): string =>
    `(${String(task)})(${JSON.stringify(argument) ?? ''})`
  return {
    evaluate: (async (task: unknown, argument?: unknown) => {
      const { result, exceptionDetails } = (await send('Runtime.evaluate', {
        expression: callOf(task, argument),
        returnByValue: true,
        awaitPromise: true,
      })) as { result: { value: unknown }; exceptionDetails?: object }
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
      return result.value
    }) as Page['evaluate'],
    addInitScript: (async (task: unknown, argument?: unknown) => {
      await send('Page.addScriptToEvaluateOnNewDocument', { source: callOf(task, argument) })
    }) as unknown as Page['addInitScript'],
    async open(url) {
      await send('Page.navigate', { url })
    },
    async bringToFront() {
      await send('Page.bringToFront')
    },
    async freeze(isFrozen) {
      await send('Page.setWebLifecycleState', { state: isFrozen ? 'frozen' : 'active' })
    },
  }
}
