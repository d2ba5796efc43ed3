import { accessSync, constants, mkdirSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { isTokenText, tokenMustBe } from './ingest-token.ts'
import { type LogLevel, logLevels } from './log.ts'

/** A setting has a value that cannot be used; the message names it and the mend. */
export class SettingsWrong extends Error {
  override name = 'SettingsWrong'
}

export interface Settings {
  port: number
  host: string
  /** the data folder, absolute */
  folder: string
  runsMock: boolean
  origins: readonly string[]
  /** host:port names that a request may be addressed to */
  hosts: readonly string[]
  simulatedSources: ReadonlySet<string>
  /** the file of declared sources, absolute; null: none */
  sourceFile: string | null
  /** the file of the deployment's own map, absolute; null: the built-in map alone */
  mapFile: string | null
  /** how long recorded positions are kept */
  tracksDays: number
  /** the scrub looks at every row of the journal within this time */
  scrubHours: number
  logLevel: LogLevel
  /** how much of what was refused is kept */
  quarantine: { linesPerDoor: number; bytesInAll: number; days: number }
  /** null: the one that is kept in the data folder */
  token: string | null
}

type Env = Record<string, string | undefined>

const names = [
  'WANGLOU_PORT',
  'WANGLOU_HOST',
  'WANGLOU_DATA',
  'WANGLOU_MOCK',
  'WANGLOU_INGEST_TOKEN',
  'WANGLOU_ORIGINS',
  'WANGLOU_TRACKS_DAYS',
  'WANGLOU_SCRUB_HOURS',
  'WANGLOU_LOG_LEVEL',
  'WANGLOU_QUARANTINE_LINES',
  'WANGLOU_QUARANTINE_MIB',
  'WANGLOU_QUARANTINE_DAYS',
  'WANGLOU_TRUST_NETWORK',
  'WANGLOU_SIMULATED_SOURCES',
  'WANGLOU_SOURCES',
  'WANGLOU_MAP',
]

/** An empty value says nothing: taken for the default or for "none", it would be a guess. */
const refuseEmpty = (env: Env): void => {
  for (const name of names) {
    if (env[name]?.trim() === '')
      throw new SettingsWrong(`${name} is empty; give it a value, or leave it out for the default`)
  }
}

const readPort = (value: string): number => {
  const port = Number(value)
  if (/^\d{1,5}$/.test(value) && port >= 1 && port <= 65_535) return port
  throw new SettingsWrong(`WANGLOU_PORT is "${value}"; it must be a whole number from 1 to 65535`)
}

const readWhole = (
  env: Env,
  name: string,
  byDefault: number,
  atMost: number,
  of: string,
): number => {
  const value = env[name] ?? String(byDefault)
  if (/^\d{1,9}$/.test(value) && Number(value) >= 1 && Number(value) <= atMost) return Number(value)
  throw new SettingsWrong(
    `${name} is "${value}"; it must be a whole number of ${of} from 1 to ${atMost}`,
  )
}

const readHours = (value: string): number => {
  const hours = Number(value)
  if (/^\d{1,3}(\.\d{1,6})?$/.test(value) && hours > 0) return hours
  throw new SettingsWrong(
    `WANGLOU_SCRUB_HOURS is "${value}"; it must be a number of hours above 0 and below 1000`,
  )
}

const readLevel = (value: string): LogLevel => {
  const level = logLevels.find((each) => each === value)
  if (level) return level
  throw new SettingsWrong(`WANGLOU_LOG_LEVEL is "${value}"; it must be ${logLevels.join(', ')}`)
}

const readSwitch = (name: string, value: string, on: string, off: string): boolean => {
  if (value === on || value === off) return value === on
  throw new SettingsWrong(`${name} is "${value}"; it must be "${on}" or "${off}"`)
}

const readHost = (host: string, trustsNetwork: boolean): string => {
  const looksNumeric = host.includes(':') || /^[\d.]+$/.test(host)
  const isName = /^[\w-]+(\.[\w-]+)*$/.test(host) && URL.canParse(`http://${host}`)
  // an address with a zone (`fe80::1%eth0`) cannot stand in an origin
  if (looksNumeric ? isIP(host) === 0 || host.includes('%') : !isName) {
    throw new SettingsWrong(
      `WANGLOU_HOST is "${host}"; it must be an address or the name of one, such as 127.0.0.1 or ::1`,
    )
  }
  const isLoopback = host === 'localhost' || host === '::1' || /^127\.[\d.]+$/.test(host)
  if (isLoopback || trustsNetwork) return host
  throw new SettingsWrong(
    `WANGLOU_HOST is "${host}": there is no sign-in yet, so only this machine is served; ` +
      'use 127.0.0.1, or set WANGLOU_TRUST_NETWORK=1 where everybody on the network may see the wall',
  )
}

const readOrigin = (text: string): string => {
  const url = URL.parse(text)
  const usualPort = url?.protocol === 'https:' ? 443 : 80
  if (url && /^https?:/.test(text) && [url.origin, `${url.origin}:${usualPort}`].includes(text))
    return url.origin
  throw new SettingsWrong(
    `WANGLOU_ORIGINS has "${text}"; an origin looks like https://wall.example:8443 (no path, no final slash)`,
  )
}

const words = (text: string | undefined): string[] =>
  (text ?? '').split(/[\s,]+/).filter((word) => word !== '')

const readToken = (given: string | undefined): string | null => {
  if (given === undefined || isTokenText(given)) return given ?? null
  throw new SettingsWrong(`WANGLOU_INGEST_TOKEN ${tokenMustBe}`)
}

/** The addresses that the server has by itself; a browser leaves out the port that is usual. */
const ownUrls = (host: string, port: number): URL[] =>
  Array.from(
    new Set(['127.0.0.1', 'localhost', '[::1]', host.includes(':') ? `[${host}]` : host]),
    (name) => new URL(`http://${name}:${port}`),
  )

/** Reads every setting once, at the start; touches no disk. Throws `SettingsWrong` at the first that cannot be used. */
export const readSettings = (env: Env): Settings => {
  refuseEmpty(env)
  const port = readPort(env.WANGLOU_PORT ?? '8080')
  const trustsNetwork = readSwitch(
    'WANGLOU_TRUST_NETWORK',
    env.WANGLOU_TRUST_NETWORK ?? '0',
    '1',
    '0',
  )
  const host = readHost(env.WANGLOU_HOST ?? '127.0.0.1', trustsNetwork)
  const runsMock = readSwitch('WANGLOU_MOCK', env.WANGLOU_MOCK ?? 'on', 'on', 'off')
  const own = ownUrls(host, port)
  const origins =
    env.WANGLOU_ORIGINS === undefined
      ? own.map(({ origin }) => origin)
      : words(env.WANGLOU_ORIGINS).map(readOrigin)
  return {
    port,
    host,
    folder: resolve(env.WANGLOU_DATA ?? './data'),
    runsMock,
    origins,
    hosts: Array.from(
      new Set([
        // what is no browser may name the usual port all the same
        ...own.flatMap((url) => [url.host, `${url.hostname}:${port}`]),
        ...origins.map((each) => new URL(each).host),
      ]),
    ),
    tracksDays: readWhole(env, 'WANGLOU_TRACKS_DAYS', 2, 999, 'days'),
    scrubHours: readHours(env.WANGLOU_SCRUB_HOURS ?? '24'),
    logLevel: readLevel(env.WANGLOU_LOG_LEVEL ?? 'info'),
    quarantine: {
      linesPerDoor: readWhole(env, 'WANGLOU_QUARANTINE_LINES', 10_000, 1_000_000, 'lines a door'),
      bytesInAll: readWhole(env, 'WANGLOU_QUARANTINE_MIB', 64, 4096, 'MiB') * 1024 * 1024,
      days: readWhole(env, 'WANGLOU_QUARANTINE_DAYS', 30, 999, 'days'),
    },
    simulatedSources: new Set(words(env.WANGLOU_SIMULATED_SOURCES)),
    sourceFile: env.WANGLOU_SOURCES === undefined ? null : resolve(env.WANGLOU_SOURCES),
    mapFile: env.WANGLOU_MAP === undefined ? null : resolve(env.WANGLOU_MAP),
    token: readToken(env.WANGLOU_INGEST_TOKEN),
  }
}

/** Makes the data folder where there is none. Throws `SettingsWrong` where nothing can be kept in it. */
export const ensureFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (fault) {
    throw new SettingsWrong(
      `WANGLOU_DATA is ${folder}, and nothing can be kept there (${(fault as Error).message}); ` +
        'name a folder that this user may write',
    )
  }
}
