/** Where the wall hangs: who must be able to read it, and how coarse it is. */
export interface Viewing {
  /** distance of the farthest seat, mm */
  viewerMm: number
  /** distance between two pixels of the screen, mm */
  pitchMm: number
}
/** Sizes of type, CSS px. Four, and no fifth. */
export interface TypeScale {
  /** words in either script, ages, axis labels */
  wordPx: number
  /** values, alarms */
  valuePx: number
  /** the figure of a panel */
  keyPx: number
  /** the one figure that is seen first */
  heroPx: number
}

/** What a glyph fills of its font size: capitals and digits of Barlow, Han of Noto Sans SC. */
const latinEm = 0.7
const hanEm = 0.9
/** Han below this is a smudge on coarse pixels, px. */
const leastHanPx = 24
const arcMinutes = { word: 16, value: 20, han: 20, key: 30, hero: 45 }

/** Height of a glyph that is seen under so many minutes of arc, px. */
export const glyphPx = ({ viewerMm, pitchMm }: Viewing, minutes: number): number =>
  (2 * Math.PI * viewerMm * minutes) / (21_600 * pitchMm)

/**
 * Sizes by sight, after `NUREG-0700` 1.3.1: nothing under 16′, values, alarms and Han not under 20′,
 * key figures 30′, nothing over 45′.
 */
export const typeScale = (viewing: Viewing, leastPx = leastHanPx): TypeScale => {
  const latinPx = (minutes: number) => glyphPx(viewing, minutes) / latinEm
  const hanPx = Math.max(leastPx, glyphPx(viewing, arcMinutes.han)) / hanEm
  const wordPx = Math.ceil(Math.max(hanPx, latinPx(arcMinutes.word)))
  const valuePx = Math.ceil(Math.max(wordPx, latinPx(arcMinutes.value)))
  // where coarse pixels make words large, the steps between the sizes stay
  const keyPx = Math.ceil(Math.max(1.3 * valuePx, latinPx(arcMinutes.key)))
  const heroPx = Math.ceil(Math.max(1.3 * keyPx, Math.floor(latinPx(arcMinutes.hero))))
  return { wordPx, valuePx, keyPx, heroPx }
}

/** From how far away words and values of these sizes can be read, mm. */
export const readableMm = ({ wordPx, valuePx }: TypeScale, pitchMm: number): number => {
  const perMinute = glyphPx({ viewerMm: 1, pitchMm }, 1)
  const { word, value, han } = arcMinutes
  const most = Math.min(
    (latinEm * wordPx) / word,
    (hanEm * wordPx) / han,
    (latinEm * valuePx) / value,
  )
  return most / perMinute
}

/** The one weight of a line beside words of a size, CSS px; `--line-px` in style sheets. */
export const linePxOf = (wordPx: number): number => Math.max(1, Math.round(wordPx / 18))

/** What is likely when nobody says: an LED wall seen from 8 m, else a 55″ panel seen from 2.5 m. */
export const likelyViewing = (widthPx: number, heightPx: number): Viewing => {
  const longPx = Math.max(widthPx, heightPx)
  const isBand = longPx / Math.min(widthPx, heightPx) > 2.2
  if (longPx >= 6000) return { viewerMm: 8000, pitchMm: 1.25 }
  if (isBand && longPx >= 3000) return { viewerMm: 8000, pitchMm: 1.8 }
  return { viewerMm: 2500, pitchMm: (0.63 * 1920) / longPx }
}
