import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom } from '#mock/random.ts'
import { fingerprintOf } from '../journal-fold.ts'
import { openProgramScreen, type ProgramScreen } from '../program-screen.ts'
import type { CrowdOptions, Shown, Standing } from './crowd.ts'

/** A process of screens, each the wall's own client with a fold of its own; it answers its parent. */
const screens: ProgramScreen[] = []
let openedBySecond: Record<number, number> = {}
let latenciesMs: number[] = []
/** one in so many is looked at: a quantile needs no more */
const sampledEvery = 5
const samplesAtMost = 50_000

const open = async ({ url, token, seed, spreadMs, isHasty, ...options }: CrowdOptions) => {
  const random = createRandom(seed)
  for (let n = 0; n < options.screens; n++) {
    const own = random.fork(n)
    screens.push(
      openProgramScreen(url, token, {
        random: () => own.next() / (isHasty ? 5 : 1),
        onOpened() {
          const second = Math.floor(Date.now() / 1000)
          openedBySecond[second] = (openedBySecond[second] ?? 0) + 1
        },
        onEvents(events) {
          const last = events.at(-1)
          if (n % sampledEvery !== 0 || !last || latenciesMs.length >= samplesAtMost) return
          latenciesMs.push(Date.now() - last.at)
        },
      }),
    )
    await sleep(spreadMs / options.screens)
  }
}

const look = (): Standing => {
  const seqs = screens.map(({ seq }) => seq)
  const sum = (of: (screen: ProgramScreen) => number) =>
    screens.reduce((total, screen) => total + of(screen), 0)
  const standing: Standing = {
    live: sum(({ link }) => (link?.state === 'live' ? 1 : 0)),
    seqs: [Math.min(...seqs), Math.max(...seqs)],
    reconnects: sum(({ link }) => link?.reconnects ?? 0),
    snapshots: sum(({ snapshots }) => snapshots),
    openedBySecond,
    latenciesMs,
  }
  latenciesMs = []
  openedBySecond = {}
  return standing
}

const show = (): Shown => {
  const shown = screens.map(({ seq, states }) => JSON.stringify([seq, fingerprintOf(states)]))
  return Array.from(new Set(shown), (text) => JSON.parse(text))
}

const stop = (): { fault: string | null } => {
  let fault: string | null = null
  for (const screen of screens) {
    try {
      screen.stop()
    } catch (caught) {
      fault ??= String(caught)
    }
  }
  return { fault }
}

// a parent that is gone asks for nothing more, and nobody else would end this
process.on('disconnect', () => process.exit())

process.on('message', (message: CrowdOptions | 'look' | 'show' | 'stop') => {
  if (typeof message !== 'string') void open(message)
  else process.send!(message === 'look' ? look() : message === 'show' ? show() : stop())
})
