import { dayMs } from '#protocol/beijing.ts'

/** Too soft to hear: a calm room stays calm while it is tested. Of full scale. */
const gain = 0.001
/** What comes out of a way that is broken is silence, and no noise. */
const leastPeak = gain / 10
const lookEveryMs = 250
const looks = 8

/** A test is due with the shift that begins at eight in Beijing, which is midnight UTC, and before the first of them. */
export const isTestDue = (nowMs: number, testedAt: number | null): boolean =>
  testedAt === null || Math.floor(nowMs / dayMs) > Math.floor(testedAt / dayMs)

/**
 * Whether a note comes out of the tones' own way, and the clock of what plays them goes on. It hears what the browser
 * has reckoned, and nothing behind it: device, volume, cable, amplifier.
 */
export const testSound = async (context: AudioContext, output: AnalyserNode): Promise<boolean> => {
  const beganS = context.currentTime
  const oscillator = new OscillatorNode(context, { frequency: 1000 })
  const volume = new GainNode(context, { gain })
  oscillator.connect(volume).connect(output)
  oscillator.onended = () => volume.disconnect()
  oscillator.start()
  const samples = new Float32Array(output.fftSize)
  let isHeard = false
  for (let look = 0; look < looks && !isHeard; look++) {
    await new Promise((done) => setTimeout(done, lookEveryMs))
    output.getFloatTimeDomainData(samples)
    isHeard = context.currentTime > beganS && samples.some((each) => Math.abs(each) > leastPeak)
  }
  oscillator.stop()
  return isHeard
}
