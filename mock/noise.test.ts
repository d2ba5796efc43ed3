import { expect, test } from 'vitest'
import { tellIncident } from '#topics/incidents/incidents.mock.ts'
import { tellCalls } from './calls.ts'
import { dayOf } from './clock.ts'
import { deliveriesOf, longestWayMs } from './noise.ts'
import { openPretendWall } from './pretend-wall.ts'

const day = dayOf(Date.UTC(2026, 10, 1))
const lines = tellCalls(1, tellIncident)(day).flat()
const deliveries = lines.flatMap((line) => deliveriesOf(1, line))
const oftenIn24h = (what: (one: (typeof deliveries)[number]) => boolean) =>
  deliveries.filter(what).length

test('every line comes once, on time but for a few an hour', () => {
  const firsts = deliveries.filter(({ expected }) => expected === 'accepted')
  expect(firsts.map(({ text }) => text)).toEqual(lines.map((line) => JSON.stringify(line)))
  for (const { sendAtMs, at } of firsts) {
    expect(sendAtMs).toBeGreaterThanOrEqual(at)
  }
  const late = firsts.filter(({ sendAtMs, at }) => sendAtMs > at)
  expect(late.length).toBeGreaterThan(24)
  expect(late.length).toBeLessThan(96)
})

test('some come twice, some broken: as often as an hour of a real link would bring', () => {
  expect(oftenIn24h(({ expected }) => expected === 'duplicate')).toBeGreaterThan(24)
  expect(oftenIn24h(({ expected }) => expected === 'duplicate')).toBeLessThan(96)
  expect(oftenIn24h(({ expected }) => expected === 'refused')).toBeGreaterThan(10)
  expect(oftenIn24h(({ expected }) => expected === 'refused')).toBeLessThan(60)
})

test('the door makes of each what is expected', async () => {
  const wall = openPretendWall()
  for (const { text, expected } of deliveries.toSorted((a, b) => a.sendAtMs - b.sendAtMs)) {
    const response = await wall.fetch('http://127.0.0.1/ingest/events', {
      method: 'POST',
      headers: { authorization: 'Bearer token' },
      body: Buffer.from(`${text}\n`),
    })
    const receipt = (await response.json()) as { [outcome: string]: number | unknown[] }
    const taken = ['accepted', 'duplicate'].find((outcome) => receipt[outcome] === 1) ?? 'refused'
    if (taken !== expected) expect.fail(`${taken}, not ${expected}: ${text}`)
  }
  expect(wall.rows).toHaveLength(lines.length)
})

test('the same line has the same fate after a restart, and no line takes longer than is said', () => {
  expect(lines.flatMap((line) => deliveriesOf(1, line))).toEqual(deliveries)
  const ways = deliveries.map(({ sendAtMs, at }) => sendAtMs - at)
  expect(Math.max(...ways)).toBeLessThanOrEqual(longestWayMs)
})
