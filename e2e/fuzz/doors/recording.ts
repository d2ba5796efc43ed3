import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { linesOf, surveyOf } from '#mock/replay/recording.ts'
import { kindOf, readRecord, retime } from '#mock/replay/retime.ts'
import { doorNow, eventLines, fixLines } from '../corpus.ts'
import { bytesOf, type FuzzDoor, type Taker, wants } from '../door.ts'
import { quickFolder } from '../quick-folder.ts'

const decoder = new TextDecoder()
const lines = [...eventLines.slice(0, 20), ...fixLines]

const recordLine: FuzzDoor = {
  name: 'record-line',
  corpus: lines,
  open: () => ({
    take(input) {
      const { line, at } = retime(input, { at: (then) => then + 1000, suffix: '~2' })
      return () => {
        const record = readRecord(input)
        if (record === null) return wants(line === input && at === null, 'broken, and not left so')
        wants(at === null || Number.isInteger(at), 'a time that is none')
        const sent = typeof line === 'string' ? bytesOf(line) : (line as Uint8Array)
        const after = readRecord(sent)
        wants(
          after !== null && kindOf(after) === kindOf(record),
          'another record than was recorded',
        )
        wants(Object.keys(after!).length === Object.keys(record).length, 'a field was lost')
      }
    },
  }),
}

const openRecording = (): Taker => {
  const folder = quickFolder()
  const path = join(folder, 'recording')
  const { signal } = new AbortController()
  return {
    async take(input) {
      writeFileSync(path, input)
      let records = -1
      try {
        const survey = await surveyOf(path, signal)
        let read = 0
        for await (const { bytes } of linesOf(path)) if (bytes.length > 0) read += 1
        records = survey.records
        if (read !== records) records = Number.NaN
      } catch (fault) {
        // a file that cannot be read is told with these words to whoever named it
        const { message, code } = fault as NodeJS.ErrnoException
        if (!code?.startsWith('Z_') && !message.includes('1 MiB')) throw fault
      }
      return () => wants(!Number.isNaN(records), 'read twice, it holds another number of records')
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const whole = lines.map((line) => decoder.decode(line)).join('\n')
const recording: FuzzDoor = {
  name: 'recording',
  corpus: [bytesOf(whole), gzipSync(whole), gzipSync(`{"at":${doorNow}}\n`)],
  share: 1 / 20,
  open: openRecording,
}

/** What `npm run replay` reads. */
export const recordingDoors: readonly FuzzDoor[] = [recordLine, recording]
