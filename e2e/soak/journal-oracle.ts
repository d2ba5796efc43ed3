import type { Page } from 'playwright-core'
import { figuresFor } from '#protocol/served.ts'
import { topics } from '#topics/index.ts'
import { withheldText } from '#web/kit/figure-format.ts'
import { foldOf } from '../journal-fold.ts'
import { readScreen } from '../screen-figures.ts'
import type { ServerProcess } from '../server-process.ts'
import { waitFor } from '../wait-for.ts'

/** Where a screen differs from what the journal says of the moment that the screen names; the server may go on. */
export const journalDifferences = async (
  page: Page,
  server: Pick<ServerProcess, 'journal' | 'url'>,
): Promise<string[]> => {
  const screen = await readScreen(page)
  const seq = Number(screen.seq)
  const rows = await server.journal()
  const states = foldOf(rows.filter((row) => row.seq <= seq))
  const differences = screen.figures.flatMap(({ name, value }) => {
    const [topicName = '', figureName = ''] = name.split('.')
    const topic = topics.find((each) => each.name === topicName)!
    const figure = figuresFor(topic, states.get(topicName), 'wall', Number(screen.now))[figureName]
    const expected = figure ? String(withheldText(figure) ?? figure.value ?? '') : 'no such figure'
    return expected === value
      ? []
      : [`${name} is ${value} on the screen, ${expected} by the journal`]
  })
  if (screen.figures.length === 0) return ['there is no figure on the screen']
  await waitFor(
    'the screen goes on',
    async () => Number((await readScreen(page)).seq) > seq,
    30_000,
  )
  return differences
}
