import { Agent, request } from 'node:http'
import { mixOf } from './mix.ts'
import { type Work, warmUpOf } from './work.ts'

/** A process that posts what it made beforehand, as fast as it is answered: URL, token, work. */
const [url, token, workText] = process.argv.slice(2) as [string, string, string]
const work = JSON.parse(workText) as Work
const { batches, eventsPerBatch, senders } = work
const warmUp = warmUpOf(work)

const lines = mixOf((warmUp + batches) * eventsPerBatch, Date.now())
const bodies = Array.from({ length: warmUp + batches }, (_, n) =>
  Buffer.from(
    lines
      .slice(n * eventsPerBatch, (n + 1) * eventsPerBatch)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  ),
)
const agent = new Agent({ keepAlive: true, maxSockets: senders })

/** Resolves when every event of it is acknowledged; anything else is no measurement. */
const post = (body: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-ndjson',
      'content-length': body.length,
    }
    const sent = request(`${url}/ingest/events`, { method: 'POST', agent, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => (text += chunk))
      answer.on('end', () => {
        if (text.startsWith(`{"accepted":${eventsPerBatch},`)) resolve()
        else reject(new Error(`${answer.statusCode} ${text.slice(0, 300)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })

const sendAll = async (from: number, to: number): Promise<number[]> => {
  const tookMs: number[] = []
  let next = from
  const run = async () => {
    while (next < to) {
      const body = bodies[next++]!
      const startMs = performance.now()
      await post(body)
      tookMs.push(performance.now() - startMs)
    }
  }
  await Promise.all(Array.from({ length: senders }, run))
  return tookMs
}

process.once('message', async () => {
  const startMs = performance.now()
  const tookMs = await sendAll(warmUp, warmUp + batches)
  process.send!({ tookMs, wallMs: performance.now() - startMs })
  process.exit()
})
await sendAll(0, warmUp)
process.send!('ready')
