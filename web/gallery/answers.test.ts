import { expect, it } from 'vitest'
import { audiences } from '#protocol/event.ts'
import type { Figure } from '#protocol/figure.ts'
import { createFold } from '#protocol/fold.ts'
import { sceneNow } from '#protocol/scene.ts'
import { figuresFor, isServed } from '#protocol/served.ts'
import { topics } from '#topics/index.ts'
import { scenes } from '#topics/scenes.ts'
import type { Lang } from '#web/kit/lang.ts'
import { createWords } from '../wall/translations.ts'
import { heardBy, mixScene, sceneNames } from './told-scenes.ts'

const words = createWords('zh').global
const langs: readonly Lang[] = ['zh', 'en']

/** What somebody who points at the figure would not be told. */
const missingAnswers = (name: string, figure: Figure, isServedHere: boolean): string[] => {
  const { rule, window, sources, count, excluded, newest } = figure.provenance
  const topic = rule.split('.')[0]
  const keys = [rule, ...Object.keys(excluded).map((reason) => `${topic}.excluded.${reason}`)]
  const faults = keys.flatMap((key) =>
    langs.filter((lang) => !words.te(key, lang)).map((lang) => `no ${key} in ${lang}`),
  )
  if (window && !(window.fromMs < window.toMs)) faults.push('a window of no time')
  if (count === null && !isServedHere) faults.push('no count')
  if (!isServedHere && count !== null && count > 0) {
    if (sources.length === 0) faults.push('records of no source')
    if (!newest) faults.push('records, and no newest')
  }
  return faults.map((fault) => `${name}: ${fault}`)
}

it.each(sceneNames)('every figure of scene %s says where it came from, to everybody', (scene) => {
  const told = mixScene(scenes, scene)
  const faults = new Set<string>()
  let asked = 0
  for (const topic of topics) {
    const fold = createFold([topic], (_, __, fault) => {
      throw fault
    })
    const states = fold.fresh()
    for (const event of heardBy(topic, told, topics)) fold.apply(states, event)
    for (const audience of audiences) {
      const figures = figuresFor(topic, states.get(topic.name), audience, sceneNow)
      for (const [name, figure] of Object.entries(figures)) {
        asked += 1
        for (const fault of missingAnswers(
          `${topic.name}.${name}`,
          figure,
          isServed(topic, audience),
        ))
          faults.add(fault)
      }
    }
  }
  expect(asked).toBeGreaterThan(300)
  expect([...faults]).toEqual([])
})
