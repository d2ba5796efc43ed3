import { expect, it } from 'vitest'
import { tones } from './tones.ts'

it('at most three tones, in the band that is heard, no note nearer than a fifth to another', () => {
  expect(Object.keys(tones).length).toBeLessThanOrEqual(3)
  const notes = [...new Set(Object.values(tones).flatMap(({ notesHz }) => notesHz))].sort(
    (a, b) => a - b,
  )
  for (const [n, note] of notes.entries()) {
    expect(note).toBeGreaterThanOrEqual(200)
    expect(note).toBeLessThanOrEqual(5000)
    if (n > 0) expect(note / notes[n - 1]!).toBeGreaterThanOrEqual(1.2)
  }
})

it('a tone is over before it begins again', () => {
  for (const { notesHz, noteMs, everyMs } of Object.values(tones)) {
    expect(notesHz.length * noteMs).toBeLessThan(everyMs / 2)
  }
})
