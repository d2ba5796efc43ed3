import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CoordinateSystem, toWgs84 } from '#server/ingest/coordinates.ts'
import { vectorsFolder } from './vectors-folder.ts'

type Name = 'WGS84' | 'GCJ02' | 'BD09'
type Places = Partial<Record<Name, [lon: number, lat: number]>>
interface Vector {
  name: string | { name: string }
  input?: Places
  expected: Places
}

const file = join(vectorsFolder, 'coord-transform.jsonl')
const systems: [Name, CoordinateSystem][] = [
  ['GCJ02', 'gcj02'],
  ['BD09', 'bd09'],
]

const distanceM = (a: [number, number], b: [number, number]) =>
  Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]) * 111_195

describe.skipIf(!existsSync(file))('coordinate vectors', () => {
  const vectors: Vector[] = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : []

  test.each(systems)('%s comes to WGS-84 within 1 m, every one', (name, crs) => {
    let checked = 0
    const off: unknown[] = []
    for (const vector of vectors) {
      const places = { ...vector.input, ...vector.expected }
      const { WGS84: wgs84, [name]: given } = places
      if (!wgs84 || !given) continue
      checked++
      const errorM = distanceM(wgs84, toWgs84(...given, crs))
      if (!(errorM <= 1)) off.push({ name: vector.name, errorM })
    }
    expect(off).toEqual([])
    expect(checked).toBeGreaterThan(0)
  })
})
