import { describe, it } from 'vitest'
import { breaks } from './break/index.ts'

/** A busy machine may take its time: what is slow is told, not failed. */
const withinMs = 300_000

/** The short forms of `npm run break`; a seed of its own each day, told with each failure. */
const seed = Number(process.env.WANGLOU_SEED ?? Math.floor(Date.now() / 86_400_000))

describe(`what is broken on purpose holds (seed ${seed})`, () => {
  for (const { id, title, impossible, run } of breaks) {
    const why = impossible?.() ?? null
    if (why !== null) console.log(`${id} is skipped: ${why}`)
    it.skipIf(why !== null)(`${id}: ${title}`, { timeout: withinMs }, async () => {
      const { runs, figures, missed = [] } = await run({ isShort: true, seed, tell: () => {} })
      console.log(`${id}: ${runs} runs: ${figures}`)
      for (const figure of missed) console.log(`${id}: missed on this machine: ${figure}`)
    })
  }
})
