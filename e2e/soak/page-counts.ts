import { readFileSync } from 'node:fs'
import type { Browser, CDPSession, Page } from 'playwright-core'

/** What a page holds, after a forced collection. */
export interface PageCounts {
  heapBytes: number
  nodes: number
  /** nodes that something holds and no page shows */
  detached: number
  listeners: number
  contexts: number
  contextsLost: number
  /** buffers, textures, programs and the like that were made and not given back */
  glObjects: number
  rendererBytes: number
  gpuBytes: number
}

interface Counting {
  contexts: WeakRef<WebGL2RenderingContext>[]
  lost: number
  glObjects: number
}
type CountingWindow = typeof globalThis & { counting: Counting }

/** Counts WebGL contexts and what is made in them, from before the page's first line. */
export const countWebGl = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const counting: Counting = { contexts: [], lost: 0, glObjects: 0 }
    Object.assign(window, { counting })
    const kept = HTMLCanvasElement.prototype.getContext
    const known = new WeakSet<object>()
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      ...args: unknown[]
    ) {
      const context = Reflect.apply(kept, this, args)
      if (context instanceof WebGL2RenderingContext && !known.has(context)) {
        known.add(context)
        counting.contexts.push(new WeakRef(context))
        this.addEventListener('webglcontextlost', () => {
          counting.lost += 1
        })
      }
      return context
    } as typeof kept
    const gl = WebGL2RenderingContext.prototype as unknown as Record<string, unknown>
    const made = new WeakSet<object>()
    for (const name of Object.getOwnPropertyNames(gl)) {
      if (!/^(create|delete)[A-Z]/.test(name)) continue
      const own = gl[name] as (...args: unknown[]) => object | null | undefined
      gl[name] = function (...args: unknown[]) {
        const result = own.apply(this, args)
        if (name.startsWith('create') && result) {
          made.add(result)
          counting.glObjects += 1
        }
        const [given] = args
        if (name.startsWith('delete') && given && made.delete(given as object))
          counting.glObjects -= 1
        return result
      }
    }
  })

/** Resident memory of a process of this machine; 0 where it has gone. */
const residentBytes = (pid: number): number => {
  try {
    const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kib ?? 0) * 1024
  } catch {
    return 0
  }
}

/** Looks at a page from outside it; `countWebGl` must have been first. */
export const watchPage = async (
  browser: Browser,
  page: Page,
): Promise<() => Promise<PageCounts>> => {
  const session = await page.context().newCDPSession(page)
  const whole: CDPSession = await browser.newBrowserCDPSession()
  await session.send('Performance.enable')
  await session.send('HeapProfiler.enable')
  return async () => {
    // twice: what a finalizer lets go is collected the second time
    for (let n = 0; n < 2; n++) await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
    const inPage = await page.evaluate(() => {
      const { contexts, lost, glObjects } = (globalThis as CountingWindow).counting
      const all = document.createTreeWalker(document, NodeFilter.SHOW_ALL)
      let attached = 1
      while (all.nextNode()) attached += 1
      const alive = contexts.map((each) => each.deref()).filter((each) => each !== undefined)
      return {
        attached,
        contexts: alive.filter((each) => !each.isContextLost()).length,
        contextsLost: lost,
        glObjects,
      }
    })
    const { processInfo } = await whole.send('SystemInfo.getProcessInfo')
    const largest = (type: string): number =>
      Math.max(
        0,
        ...processInfo.filter((each) => each.type === type).map(({ id }) => residentBytes(id)),
      )
    const { attached, ...rest } = inPage
    return {
      ...rest,
      heapBytes: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0,
      nodes,
      detached: nodes - attached,
      listeners: jsEventListeners,
      rendererBytes: largest('renderer'),
      gpuBytes: largest('GPU'),
    }
  }
}
