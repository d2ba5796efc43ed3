import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Settings = Record<string, string | undefined>

/** Where the wall listens, unless somebody says otherwise. */
export const ownUrl = (settings: Settings): string =>
  `http://127.0.0.1:${settings.WANGLOU_PORT || 8080}`

/** The variable, else the file that the server leaves in its data folder; null when there is neither. */
export const findToken = (settings: Settings): string | null => {
  if (settings.WANGLOU_INGEST_TOKEN) return settings.WANGLOU_INGEST_TOKEN
  try {
    const file = join(settings.WANGLOU_DATA || './data', 'ingest-token')
    return readFileSync(file, 'utf8').trim() || null
  } catch {
    return null
  }
}
