import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Pace } from '#mock/pace.ts'
import type { EventDefinitions } from '#protocol/definition.ts'
import { incidentEvents } from '#topics/incidents/incidents.events.ts'

/** For tests: the public side of a wall, in memory, as its contract has it. */
export interface PretendWall {
  fetch: typeof fetch
  /** what was accepted, in order */
  rows: { id: string; type: string; at: number; source: string; body: unknown; isLive: boolean }[]
  /** positions that were accepted, in order */
  fixes: { unit: string; at: number; lon: number; lat: number }[]
  /** declarations, in order */
  declared: { source: string; intervalMs: number }[]
  /** requests to the doors, in order: the query and the lines */
  requests: { search: string; lines: string[] }[]
  /** answers to give before the next requests are looked at; an error is thrown instead */
  upset: (Response | Error)[]
}

/** For tests: time that passes only while somebody sleeps. */
export const pretendPace = (startMs: number): Pace & { slept: number[] } => {
  let nowMs = startMs
  const slept: number[] = []
  return {
    slept,
    now: () => nowMs,
    async sleep(delayMs, signal) {
      signal.throwIfAborted()
      slept.push(delayMs)
      nowMs += delayMs
    },
  }
}

const problemOf = (event: Record<string, unknown>): { field: string; reason: string } | null => {
  const definition = (incidentEvents as EventDefinitions)[String(event.type)]
  if (!definition) return { field: 'type', reason: 'unknown type' }
  if (!Number.isSafeInteger(event.at)) return { field: 'at', reason: 'an integer' }
  const issue = definition.body.safeParse(event.body).error?.issues[0]
  return issue ? { field: `body.${issue.path.join('.')}`, reason: issue.message } : null
}

/** For tests: opens with an empty journal and the token `token`. */
export const openPretendWall = (): PretendWall => {
  const rows: PretendWall['rows'] = []
  const fixes: PretendWall['fixes'] = []
  const declared: PretendWall['declared'] = []
  const requests: PretendWall['requests'] = []
  const upset: PretendWall['upset'] = []
  const contents = new Map<string, string>()

  const judge = (text: string, isLive: boolean) => {
    let event: Record<string, unknown>
    try {
      event = JSON.parse(text)
    } catch {
      return { id: null, field: null, reason: 'not JSON' }
    }
    const id = String(event.id)
    const problem = problemOf(event)
    if (problem) return { id, ...problem }
    const { type, at, source, body } = event as PretendWall['rows'][number]
    const content = JSON.stringify([type, at, source, body])
    const known = contents.get(id)
    if (known !== undefined && known !== content) {
      return { id, field: 'id', reason: 'id-conflict: other content' }
    }
    if (known !== undefined) return 'duplicate'
    contents.set(id, content)
    rows.push({ id, type, at, source, body, isLive })
    return 'accepted'
  }

  const take = (search: string, body: string): Response => {
    const lines = body.split('\n').slice(0, -1)
    requests.push({ search, lines })
    const answer = { accepted: 0, duplicate: 0, refused: [] as object[] }
    for (const [index, line] of lines.entries()) {
      const verdict = judge(line, !search.includes('backfill=1'))
      if (typeof verdict === 'object') answer.refused.push({ line: index + 1, ...verdict })
      else if (verdict === 'accepted') answer.accepted += 1
      else answer.duplicate += 1
    }
    return Response.json(answer)
  }

  const takeTracks = (body: string): Response => {
    const refused: object[] = []
    const lines = body.split('\n').slice(0, -1)
    for (const [index, text] of lines.entries()) {
      const fault = (unit: string | null, field: string | null, reason: string) =>
        refused.push({ line: index + 1, unit, field, reason })
      try {
        const fix = JSON.parse(text) as PretendWall['fixes'][number]
        if (Math.abs(fix.lon) > 180) fault(fix.unit, 'lon', 'from -180 to 180')
        else fixes.push(fix)
      } catch {
        fault(null, null, 'not JSON')
      }
    }
    return Response.json({ accepted: lines.length - refused.length, refused })
  }

  const takeAlive = (body: string): Response => {
    const lines = body.split('\n').slice(0, -1)
    for (const text of lines) declared.push(JSON.parse(text))
    return Response.json({ heard: lines.length, refused: [] })
  }

  return {
    rows,
    fixes,
    declared,
    requests,
    upset,
    async fetch(
      input: string | URL | Request,
      init?: { headers?: HeadersInit; body?: BodyInit | null },
    ) {
      const { pathname, search, searchParams } = new URL(String(input))
      const isKnown = new Headers(init?.headers).get('authorization') === 'Bearer token'
      if (pathname === '/healthz') return Response.json({ status: 'ok', seq: rows.length })
      if (!isKnown) return new Response('', { status: 401 })
      if (pathname === '/api/journal') {
        const from = Number(searchParams.get('from')) - 1
        const page = rows.slice(from, from + Number(searchParams.get('limit')))
        return new Response(page.map((row) => `${JSON.stringify(row)}\n`).join(''))
      }
      const next = upset.shift()
      if (next instanceof Error) throw next
      const body = Buffer.from(init?.body as Uint8Array).toString()
      if (!next && pathname === '/ingest/alive') return takeAlive(body)
      const isTracks = pathname === '/ingest/tracks'
      if (!next && !isTracks) return take(search, body)
      requests.push({ search, lines: body.split('\n').slice(0, -1) })
      return next ?? takeTracks(body)
    },
  }
}

/** For tests: lets other processes at a pretended wall, until `close`. */
export const servePretendWall = async (wall: PretendWall) => {
  const server = createServer(async (request, response) => {
    const body: Buffer[] = []
    for await (const chunk of request) body.push(chunk as Buffer)
    const { authorization = '' } = request.headers
    const url = `http://127.0.0.1${request.url}`
    const answer = await wall.fetch(url, { headers: { authorization }, body: Buffer.concat(body) })
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    response.end(await answer.text())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
