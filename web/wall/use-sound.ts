import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { toMinute } from '#protocol/beijing.ts'
import type { Alarms } from '#topics/alarms/alarm.ts'
import { soundingOf } from '#topics/alarms/sounding.ts'
import { useWall } from '#web/store/wall.ts'
import { isTestDue, testSound } from './sound-test.ts'
import { type Melody, tones } from './tones.ts'

/** Half of full scale: how loud it is in the room is set at the amplifier, the same for every tone. */
const gain = 0.5
const rampS = 0.015

const play = (context: AudioContext, output: AudioNode, { notesHz, noteMs }: Melody): void => {
  for (const [n, hz] of notesHz.entries()) {
    const fromS = context.currentTime + (n * noteMs) / 1000
    const toS = fromS + noteMs / 1000
    const oscillator = new OscillatorNode(context, { frequency: hz, type: 'triangle' })
    const volume = new GainNode(context, { gain: 0 })
    volume.gain.setValueAtTime(0, fromS)
    volume.gain.linearRampToValueAtTime(gain, fromS + rampS)
    volume.gain.setValueAtTime(gain, toS - rampS)
    volume.gain.linearRampToValueAtTime(0, toS)
    oscillator.connect(volume).connect(output)
    oscillator.start(fromS)
    oscillator.stop(toS)
    oscillator.onended = () => volume.disconnect()
  }
}

/** How it stands with the sound of a wall, ms by the server's clock; null: it is not so, or there is to be none. */
export interface Sound {
  /** the browser lets nothing be heard */
  lockedSince: Readonly<Ref<number | null>>
  /** what is played does not come out */
  failedSince: Readonly<Ref<number | null>>
  /** it was last tested, and nothing was wrong */
  testedAt: Readonly<Ref<number | null>>
}

/**
 * Sounds what the alarms ask for. A browser plays nothing before somebody has touched the page: until then it is
 * locked, which is a fault to be seen, and the first touch ends it. From then on it tests itself each day; a test that
 * fails is a fault too, and is tried again each minute.
 */
export const useSound = (isOn: boolean): Sound => {
  const lockedSince = shallowRef<number | null>(null)
  const brokenSince = shallowRef<number | null>(null)
  // what is locked cannot be told to be broken too
  const failedSince = computed(() => (lockedSince.value === null ? brokenSince.value : null))
  const testedAt = shallowRef<number | null>(null)
  if (!isOn) return { lockedSince, failedSince, testedAt }
  const wall = useWall()
  const context = new AudioContext()
  const output = new AnalyserNode(context)
  output.connect(context.destination)
  const look = () => {
    lockedSince.value =
      context.state === 'running' ? null : (lockedSince.value ?? wall.reckonedMs ?? 0)
  }
  const unlock = () => {
    context.resume().then(look, look)
  }
  const faultSince = computed(() => {
    if (wall.link?.state !== 'live') return wall.lastWordMs
    const errors = wall.faults.filter(({ severity }) => severity === 'error')
    return errors.length > 0 ? Math.max(...errors.map(({ since }) => since)) : null
  })
  const tone = computed(() => {
    // before the first word nothing is known, and nothing wrong yet
    if (wall.awaitsFirst) return null
    return soundingOf(wall.stateOf('alarms') as Alarms, faultSince.value)
  })
  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    tone,
    (now) => {
      clearInterval(timer)
      if (now === null) return
      const sound = () => play(context, output, tones[now])
      sound()
      timer = setInterval(sound, tones[now].everyMs)
    },
    { immediate: true },
  )
  let isTesting = false
  const test = async () => {
    const atMs = wall.reckonedMs
    if (isTesting || atMs === null || context.state !== 'running') return
    if (brokenSince.value === null && !isTestDue(atMs, testedAt.value)) return
    isTesting = true
    // what cannot even be tested is not heard
    const isHeard = await testSound(context, output).catch(() => false)
    isTesting = false
    // a sound that was locked meanwhile is told as that
    if (context.state !== 'running') return
    brokenSince.value = isHeard ? null : (brokenSince.value ?? atMs)
    if (isHeard) testedAt.value = atMs
  }
  // not the minute of what is shown: that stands still while the link is lost
  const minute = computed(() => toMinute(wall.reckonedMs ?? 0))
  watch([minute, lockedSince], test, { immediate: true })
  context.addEventListener('statechange', look)
  addEventListener('pointerdown', unlock)
  addEventListener('keydown', unlock)
  unlock()
  look()
  onScopeDispose(() => {
    clearInterval(timer)
    removeEventListener('pointerdown', unlock)
    removeEventListener('keydown', unlock)
    void context.close()
  })
  return { lockedSince, failedSince, testedAt }
}
