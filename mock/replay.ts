import { resolve } from 'node:path'
import { DoorClosed, openDoor } from '#mock/door.ts'
import { realPace } from '#mock/pace.ts'
import { helpText, type ReplayOptions, readOptions, WrongOption } from '#mock/replay/options.ts'
import { createProgress, summaryOf } from '#mock/replay/progress.ts'
import { surveyOf } from '#mock/replay/recording.ts'
import { emptyTally, recordingKind, replay } from '#mock/replay/run.ts'
import { findToken, ownUrl } from '#mock/token.ts'

const { env, stderr } = process
/** After Ctrl-C, how long a request that is on its way may take to end. */
const graceMs = 2000

const leave = (code: number, sentence: string): never => {
  console.error(`replay: ${sentence}`)
  process.exit(code)
}

const optionsOf = (): ReplayOptions => {
  try {
    const options = readOptions(process.argv.slice(2), ownUrl(env))
    if (options) return options
    console.log(helpText)
    process.exit(0)
  } catch (error) {
    if (error instanceof WrongOption) return leave(2, `${error.message} See --help.`)
    throw error
  }
}

const stopping = new AbortController()
const cutting = new AbortController()
const stop = (code: number) => () => {
  process.exitCode = code
  if (stopping.signal.aborted) cutting.abort()
  stopping.abort()
  setTimeout(() => cutting.abort(), graceMs).unref()
}
process.on('SIGINT', stop(130))
process.on('SIGTERM', stop(143))

const options = optionsOf()
// npm runs scripts in the folder of package.json; a path is meant from where it was typed.
const from = env.npm_lifecycle_event === 'replay' ? (env.INIT_CWD ?? '.') : '.'
const file = resolve(from, options.file)
const token =
  findToken(env) ??
  leave(1, 'there is no token: set WANGLOU_INGEST_TOKEN, or start the wall once in this folder.')

const survey = await surveyOf(file, stopping.signal).catch((error: Error) =>
  stopping.signal.aborted ? process.exit() : leave(2, `cannot read ${file}: ${error.message}`),
)
if (survey.records === 0) leave(2, `${file} holds no record.`)
const { event, position } = survey.firstLine
if (event !== null && position !== null) {
  const lines = `the first event is on line ${event}, the first position on line ${position}`
  leave(2, `${file} holds events and positions: ${lines}; replay each from a file of its own.`)
}
const kind = recordingKind(survey)
if (kind === 'position' && options.keepTime) {
  leave(2, '--keep-time is not for positions: the wall takes none that is more than 24 h old.')
}
if (kind === 'position' && options.tag !== null) {
  leave(2, '--tag is not for positions: they have no id, and a unit keeps its name.')
}

const startedMs = realPace.now()
const tally = emptyTally()
const progress = createProgress(
  { isTTY: stderr.isTTY === true, write: (text) => void stderr.write(text) },
  survey.records,
  realPace.now,
)
const end = () => {
  progress.end()
  if (tally.sent > 0) console.log(summaryOf(tally, realPace.now() - startedMs, kind))
}
const door = openDoor({
  url: options.url,
  token,
  stop: stopping.signal,
  cut: cutting.signal,
  patienceMs: 10_000,
  onWait: (reason, delayMs) => progress.say(`again in ${delayMs / 1000} s: ${reason}`),
})
try {
  await replay({
    options: { ...options, file },
    survey,
    door,
    pace: realPace,
    stop: stopping.signal,
    tally,
    onProgress: () => progress.show(tally),
  })
  end()
} catch (error) {
  end()
  if (error instanceof DoorClosed) leave(1, error.message)
  throw error
}
process.exit()
