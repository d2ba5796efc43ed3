import type { Post } from './orders.ts'

const answerWithinMs = 8000

interface Said {
  field?: unknown
  events?: { seq: number }[]
}

/** Gives a command to the server that the page came from. Nothing of the key stays: no cookie, no cache, no redirect. */
export const postCommand: Post = async (order, key) => {
  try {
    const response = await fetch('/api/commands', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(answerWithinMs),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    })
    const said = (await response.json().catch(() => ({}))) as Said
    return {
      status: response.status,
      retryAfterMs: 1000 * (Number(response.headers.get('retry-after')) || 0),
      field: typeof said.field === 'string' ? said.field : null,
      seq: said.events?.at(-1)?.seq ?? null,
    }
  } catch {
    // no line, or no answer in time: whether it was kept is not known, and the same id again tells
    return { status: 0, retryAfterMs: 0, field: null, seq: null }
  }
}
