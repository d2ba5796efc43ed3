import type { Tone } from '#topics/alarms/sounding.ts'

/** How a tone sounds: some notes in a row, Hz, each as long, then a pause. */
export interface Melody {
  notesHz: readonly number[]
  noteMs: number
  everyMs: number
}

/**
 * Three tones, in the band of 200 to 5,000 Hz in which a room hears best, each note at least a fifth apart from every
 * other, so that they are told apart by pitch and by rhythm, never by loudness.
 */
export const tones: Record<Tone, Melody> = {
  p1: { notesHz: [880, 1320, 880], noteMs: 160, everyMs: 2000 },
  p2: { notesHz: [587], noteMs: 300, everyMs: 6000 },
  system: { notesHz: [392, 294], noteMs: 260, everyMs: 6000 },
}
