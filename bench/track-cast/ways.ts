import { encode } from '@msgpack/msgpack'
import type { Fix } from '#protocol/track.ts'
import { encodeTracks } from '#protocol/track-frame.ts'
import { ours, plain, type Way } from '../fan-out/dialect.ts'
import { listenOurs } from '../fan-out/our-hub.ts'
import { floor, wsEach } from '../fan-out/peers.ts'

const audience = 'wall'
/** The first byte of a track frame. */
const frameBegin = '\u0001'
const jsonBegin = '[{"unit"'

/** What a peer tells of a unit: what there is to see of it. */
const toldOf = (fixes: readonly Fix[]) =>
  fixes.map(({ unit, at, lon, lat, speedKmh, headingDeg }) => {
    return { unit, at, lon, lat, speedKmh, headingDeg }
  })
const toJson = (fixes: readonly Fix[]): Buffer => Buffer.from(JSON.stringify(toldOf(fixes)))
const toMessagePack = (fixes: readonly Fix[]): Buffer => {
  const { buffer, byteOffset, byteLength } = encode(toldOf(fixes))
  return Buffer.from(buffer, byteOffset, byteLength)
}

const oursWay: Way<readonly Fix[]> = {
  dialect: ours(audience, frameBegin),
  listen(server) {
    const { lane } = listenOurs(server, audience)
    return (fixes) => lane.accept(fixes)
  },
}
const each = wsEach<readonly Fix[]>(jsonBegin)

/** The peers' frames are prepared and written as ours are, so that only what is told differs. */
export const ways: Record<string, Way<readonly Fix[]>> = {
  ours: oursWay,
  'JSON objects, once a tick': floor(toJson, jsonBegin),
  'MessagePack, once a tick': { ...floor(toMessagePack, '', true), dialect: plain('') },
  'JSON objects, per client': {
    dialect: each.dialect,
    listen(server) {
      const tell = each.listen(server)
      return (fixes) => tell(toldOf(fixes) as Fix[])
    },
  },
}

let turn = 0
/** Every unit has moved a little since the last time. */
export const moveUnits = (units: number): Fix[] => {
  turn += 1
  const at = Date.now()
  return Array.from({ length: units }, (_, n) => ({
    unit: `JH-${n}`,
    at,
    seenAt: at,
    lon: 99.9 + ((n * 37) % 2000) / 1000 + turn * 1e-4,
    lat: 21.2 + ((n * 91) % 1300) / 1000,
    speedKmh: 20 + (n % 60),
    headingDeg: (n * 7 + turn * 10) % 360,
    simulated: false,
  }))
}

/** What a screen is sent of a tick: ours by the number of units, the peers as long as their numbers happen to be. */
export const bytesOf = (name: string, units: number): readonly [number, number] | null => {
  if (name !== 'ours') return null
  const entries = moveUnits(units).map((fix, index) => ({ index, fix }))
  const frames = encodeTracks(entries, Date.now(), false)
  const bytes = frames.reduce((sum, { length }) => sum + length, 0)
  // a tick that comes late tells each unit's age too, a byte
  return [bytes, bytes + units]
}
