import { randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

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
  /** how long recorded positions are kept */
  tracksDays: number
  token: string
  /** where the token was written, when this start made it */
  newTokenFile: string | null
}

type Env = Record<string, string | undefined>

const readPort = (value: string): number => {
  const port = Number(value)
  if (/^\d{1,5}$/.test(value) && port >= 1 && port <= 65_535) return port
  throw new SettingsWrong(`WANGLOU_PORT is "${value}"; it must be a whole number from 1 to 65535`)
}

const readDays = (value: string): number => {
  if (/^\d{1,3}$/.test(value) && Number(value) >= 1) return Number(value)
  throw new SettingsWrong(
    `WANGLOU_TRACKS_DAYS is "${value}"; it must be a whole number of days from 1 to 999`,
  )
}

const readSwitch = (name: string, value: string, on: string, off: string): boolean => {
  if (value === on || value === off) return value === on
  throw new SettingsWrong(`${name} is "${value}"; it must be "${on}" or "${off}"`)
}

const readHost = (host: string, trustsNetwork: boolean): string => {
  const isLoopback = host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
  if (isLoopback || trustsNetwork) return host
  throw new SettingsWrong(
    `WANGLOU_HOST is "${host}": there is no sign-in yet, so only this machine is served; ` +
      'use 127.0.0.1, or set WANGLOU_TRUST_NETWORK=1 where everybody on the network may see the wall',
  )
}

const readOrigin = (text: string): string => {
  let origin = ''
  try {
    ;({ origin } = new URL(text))
  } catch {
    // falls through to the same sentence as an address that is more than an origin
  }
  if (origin === text && /^https?:/.test(text)) return origin
  throw new SettingsWrong(
    `WANGLOU_ORIGINS has "${text}"; an origin looks like https://wall.example:8443 (no path, no final slash)`,
  )
}

const words = (text: string | undefined): string[] =>
  (text ?? '').split(/[\s,]+/).filter((word) => word !== '')

const readToken = (env: Env, folder: string): { token: string; newTokenFile: string | null } => {
  const given = env.WANGLOU_INGEST_TOKEN
  if (given !== undefined) {
    if (/^[\x21-\x7e]{16,256}$/.test(given)) return { token: given, newTokenFile: null }
    throw new SettingsWrong(
      'WANGLOU_INGEST_TOKEN must be 16 to 256 visible ASCII characters without spaces',
    )
  }
  const file = join(folder, 'ingest-token')
  if (existsSync(file)) return { token: readFileSync(file, 'utf8').trim(), newTokenFile: null }
  const token = randomBytes(24).toString('base64url')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, `${token}\n`, { mode: 0o600 })
  return { token, newTokenFile: file }
}

/** Reads every setting once, at the start. Throws `SettingsWrong` at the first that cannot be used. */
export const readSettings = (env: Env): Settings => {
  const port = readPort(env.WANGLOU_PORT ?? '8080')
  const trustsNetwork = readSwitch(
    'WANGLOU_TRUST_NETWORK',
    env.WANGLOU_TRUST_NETWORK ?? '0',
    '1',
    '0',
  )
  const host = readHost(env.WANGLOU_HOST ?? '127.0.0.1', trustsNetwork)
  const runsMock = readSwitch('WANGLOU_MOCK', env.WANGLOU_MOCK ?? 'on', 'on', 'off')
  const own = Array.from(
    new Set(['127.0.0.1', 'localhost', '[::1]', host.includes(':') ? `[${host}]` : host]),
  )
  const origins =
    env.WANGLOU_ORIGINS === undefined
      ? own.map((name) => `http://${name}:${port}`)
      : words(env.WANGLOU_ORIGINS).map(readOrigin)
  const folder = resolve(env.WANGLOU_DATA ?? './data')
  return {
    port,
    host,
    folder,
    runsMock,
    origins,
    hosts: Array.from(
      new Set([
        ...own.map((name) => `${name}:${port}`),
        ...origins.map((each) => new URL(each).host),
      ]),
    ),
    tracksDays: readDays(env.WANGLOU_TRACKS_DAYS ?? '2'),
    simulatedSources: new Set(words(env.WANGLOU_SIMULATED_SOURCES)),
    ...readToken(env, folder),
  }
}

/** Compares an `Authorization` header with the token, in a time that tells nothing. */
export const tokenCheck = (token: string) => {
  const expected = Buffer.from(`Bearer ${token}`)
  return (authorization: string | undefined): boolean => {
    const given = Buffer.from(authorization ?? '')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
}
