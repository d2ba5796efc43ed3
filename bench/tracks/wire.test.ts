import { expect, test } from 'vitest'
import type { Recorded } from './recording.ts'
import { measureWire } from './wire.ts'

async function* recording(): AsyncGenerator<Recorded> {
  yield { unit: 'a', afterMs: 0, lon: 100.8, lat: 22, speedKmh: 30, headingDeg: 90 }
  yield { unit: 'b', afterMs: 100, lon: 198.53, lat: 22 }
  yield { unit: 'b', afterMs: 200, lon: 100.9, lat: 22 }
  yield { unit: 'a', afterMs: 300, lon: 100.81, lat: 22, speedKmh: 30, headingDeg: 90 }
  yield { unit: 'a', afterMs: 9000, lon: 100.82, lat: 22 }
}

test('counts each moved unit once a tick, and every byte that tells of it', async () => {
  const { bytesPerMoved, ...counts } = await measureWire(recording())
  expect(counts).toEqual({
    units: 2,
    accepted: 4,
    refused: 1,
    ticks: 2,
    moved: 3,
    namesPerUnit: '["a","b"]'.length / 2,
  })
  const frames = 2 * (2 + 16) + 3 * (1 + 6)
  expect(bytesPerMoved.ours).toBe(frames / 3)
  // index, longitude as a single, latitude (22, a whole number here), heading, speed, age
  const packed = 2 * (2 + 1) + 3 * (1 + 1 + 5 + 1 + 1 + 1 + 1)
  expect(bytesPerMoved['MessagePack arrays']).toBe(packed / 3)
  expect(bytesPerMoved.ours).toBeLessThan(bytesPerMoved['JSON objects, as recorded']!)
})
