import { setTimeout as sleep } from 'node:timers/promises'
import { sendings } from '../journals/prefecture.ts'

/** `node bench/latency/load.ts URL TOKEN FROM PER_SECOND SECONDS`: sends at an even pace, and prints how many are acknowledged. */
const [url, token, ...numbers] = process.argv.slice(2)
const [first, perSecond, seconds] = numbers.map(Number) as [number, number, number]
const postsPerSecond = 10
const perPost = perSecond / postsPerSecond

let accepted = 0
const post = async (from: number): Promise<void> => {
  const answer = await fetch(`${url}/ingest/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: sendings(from, from + perPost)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  accepted += ((await answer.json()) as { accepted: number }).accepted
}

const startedMs = performance.now()
const posts: Promise<void>[] = []
// none waits for the one before: a source does not send less because the centre is slow
for (let n = 0; n < seconds * postsPerSecond; n++) {
  posts.push(post(first + n * perPost))
  await sleep(Math.max(0, startedMs + ((n + 1) * 1000) / postsPerSecond - performance.now()))
}
await Promise.all(posts)
console.log(accepted)
