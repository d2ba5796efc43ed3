import { definitions, topics, watches } from '#topics/index.ts'
import { openSqliteJournal } from '../../server/journal/sqlite.ts'
import { startProjection } from '../../server/projection/projection.ts'
import { realWorld } from '../../server/real-world.ts'
import { drafts } from './prefecture.ts'

/**
 * `node bench/journals/make.ts FOLDER EVENTS BEHIND`: fills a journal with the server's own parts, and is then killed,
 * so many events (fewer than a server waits for) behind its last checkpoint.
 */
const [folder, ...numbers] = process.argv.slice(2)
const [count, behind] = numbers.map(Number) as [number, number]
const perCommit = 2500
const endMs = Date.now()

const world = realWorld
const journal = await openSqliteJournal(folder!, world)
const { clock, log } = world
// the same as the server folds, or it would not take the checkpoint
const all = [...topics, ...watches]
const projection = await startProjection({ clock, log, journal, topics: all, definitions })
const append = async (from: number, to: number): Promise<void> => {
  for (let n = from; n < to; n += perCommit)
    await journal.append(drafts(n, Math.min(n + perCommit, to), count, endMs))
}
await append(0, count - behind)
if (projection.faults.size > 0) throw new Error(JSON.stringify([...projection.faults.values()]))
await projection.checkpoint()
await append(count - behind, count)
process.kill(process.pid, 'SIGKILL')
