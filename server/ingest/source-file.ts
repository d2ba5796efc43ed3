import { readFileSync } from 'node:fs'
import { type Alive, checkAlive } from './check-alive.ts'

/** The file of declared sources cannot be used; the message names the entry, the field and the mend. */
export class SourceFileWrong extends Error {
  override name = 'SourceFileWrong'
}

/**
 * Reads what the centre declares of its sources by configuration: a JSON array of what `POST /ingest/alive` takes.
 * Throws `SourceFileWrong` at the first entry that cannot be used.
 */
export const readSourceFile = (path: string): Alive[] => {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (fault) {
    throw new SourceFileWrong(
      `WANGLOU_SOURCES: ${path} cannot be read as JSON (${(fault as Error).message})`,
    )
  }
  if (!Array.isArray(value)) {
    throw new SourceFileWrong(
      `WANGLOU_SOURCES: ${path} must hold an array, such as [{"source":"cad","intervalMs":10000}]`,
    )
  }
  return value.map((each: unknown, index) => {
    const checked = checkAlive({ line: index + 1, value: each }, Number.POSITIVE_INFINITY)
    if ('alive' in checked) return checked.alive
    const { field, reason } = checked.refusal
    throw new SourceFileWrong(
      `WANGLOU_SOURCES: entry ${index + 1} of ${path}, ${field ?? 'as a whole'}: ${reason}`,
    )
  })
}
