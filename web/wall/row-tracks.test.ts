import { expect, test } from 'vitest'
import { noSeams } from '#web/kit/seams.ts'
import { wallGeometry } from './geometry.ts'
import { alarmTracks } from './row-tracks.ts'
import { wallScale } from './wall-scale.ts'

const size = { widthPx: 1920, heightPx: 1080 }
const scale = wallScale(size, 1, {})
const geometry = wallGeometry(size.widthPx, size.heightPx, scale, 'zh')
const { headPx, alarmPx } = geometry
const at = (y: number) => ({ xs: [], ys: [y], widePx: 20 })
const tracks = (y: number) => alarmTracks(geometry, scale.wordPx, at(y))

test('the place for alarms is where it always is', () => {
  const as = { alarm: alarmPx, 'alarm-off': 0, 'alarm-end': 0 }
  expect(alarmTracks(geometry, scale.wordPx, noSeams)).toEqual(as)
  expect(tracks(headPx + alarmPx + 300)).toEqual(as)
})

test('it goes below a seam that would cut it', () => {
  const offPx = headPx + 100 + 10 - headPx
  expect(tracks(headPx + 100)).toEqual({
    alarm: offPx + alarmPx,
    'alarm-off': offPx,
    'alarm-end': 0,
  })
})

test('it takes what is left above a seam, where that holds no list', () => {
  const y = headPx + alarmPx + 90
  expect(tracks(y)).toEqual({ alarm: y + 10 - headPx, 'alarm-off': 0, 'alarm-end': 20 })
})
