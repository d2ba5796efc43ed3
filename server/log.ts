import { type DestinationStream, destination, type Logger, pino } from 'pino'
import type { Log, LogFields } from './world.ts'

export const logLevels = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** Waiting for a reader that does not read, bytes: what comes after it is lost, the server goes on. */
const waitingBytesAtMost = 4 * 1024 * 1024

/** The voice of the process, and how loud it is. */
export interface ProcessLog extends Log {
  /** Between debug and the level of the settings. Says so. */
  toggleDebug(): void
}

interface Line extends LogFields {
  level: string
  time: string
  msg: string
}

const shown = (value: LogFields[string] | undefined): string =>
  typeof value === 'string' && /[\s"=]/.test(value) ? JSON.stringify(value) : String(value)

/** A line for a person at a terminal: the time, the level where it is unusual, the sentence, and its details. */
export const sayPlainly = (text: string): string => {
  const { level, time, msg, ...fields } = JSON.parse(text) as Line
  const loud = level === 'info' ? '' : `${level}: `
  const { part, ...rest } = fields
  const from = part === undefined ? '' : `${part}: `
  const details = Object.entries(rest).map(([name, value]) => ` ${name}=${shown(value)}`)
  return `${time.slice(11, 19)}Z ${loud}${from}${msg}${details.join('')}\n`
}

const speak = (logger: Logger): Log => {
  const say =
    (level: LogLevel) =>
    (sentence: string, fields: LogFields = {}) =>
      logger[level](fields, sentence)
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }
}

/** JSON lines into a stream, as pino writes them; the time in UTC. */
export const createLog = (level: LogLevel, stream: DestinationStream): ProcessLog => {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  )
  return {
    ...speak(logger),
    toggleDebug() {
      logger.level = logger.level === 'debug' && level !== 'debug' ? level : 'debug'
      logger.info({ to: logger.level }, 'The log level changed')
    },
  }
}

/** Standard output: JSON lines, or sentences where a person reads along. Nothing waits for whoever reads it. */
export const openStdout = (): DestinationStream => {
  const out = destination({ dest: 1, sync: false, maxLength: waitingBytesAtMost })
  // whoever read it is gone: there is nobody left to tell
  out.on('error', () => {})
  process.on('exit', () => {
    try {
      out.flushSync()
    } catch {
      // the same: nobody reads it
    }
  })
  return process.stdout.isTTY ? { write: (text) => out.write(sayPlainly(text)) } : out
}
