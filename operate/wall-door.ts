import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSettings } from '#server/settings.ts'

/** The wall does not do what it is asked; the message says why. */
export class WallRefused extends Error {
  override name = 'WallRefused'
}

/** A running wall, as its keeper reaches it. */
export interface WallDoor {
  /** Asks, or sends lines. Throws `WallRefused` unless it answers 200. */
  ask(path: string, lines?: readonly object[]): Promise<Response>
}

const readToken = (folder: string): string => {
  try {
    return readFileSync(join(folder, 'ingest-token'), 'utf8').trim()
  } catch {
    throw new WallRefused(
      'There is no token: set WANGLOU_INGEST_TOKEN, or run this in the folder where the wall runs.',
    )
  }
}
const reasonOf = (fault: unknown): string => {
  const cause = (fault as Error).cause as NodeJS.ErrnoException | undefined
  return cause?.code ?? (fault as Error).message
}

/** The wall of this machine, by the settings that the server itself reads. Throws `SettingsWrong` or `WallRefused`. */
export const openWallDoor = (env: Record<string, string | undefined>): WallDoor => {
  const { host, port, folder, token } = readSettings(env)
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const authorization = `Bearer ${token ?? readToken(folder)}`
  return {
    async ask(path, lines) {
      const answer = await fetch(`${url}${path}`, {
        headers: { authorization, 'content-type': 'application/x-ndjson' },
        ...(lines && {
          method: 'POST',
          body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
        }),
      }).catch((fault: unknown) => {
        throw new WallRefused(`No wall answers at ${url} (${reasonOf(fault)}).`)
      })
      if (answer.ok) return answer
      const text = await answer.text()
      const said = text.startsWith('{') ? (JSON.parse(text) as { error?: string }).error : text
      throw new WallRefused(`The wall answers ${answer.status}: ${said ?? text}`)
    },
  }
}
