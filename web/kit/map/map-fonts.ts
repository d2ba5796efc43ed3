import { type Measure, mapFont } from './name-styles.ts'

const weights = [400, 500, 600] as const

/**
 * Loads what is needed to draw `text` on the map. Text that is drawn before its font has come stays
 * wrong: deck.gl keeps the glyphs. A font that cannot be had is no reason for a map without names.
 */
export const loadMapFonts = async (text: string): Promise<void> => {
  await Promise.allSettled(
    weights.flatMap((weight) => [
      document.fonts.load(`${weight} 32px "Noto Sans SC"`, text),
      document.fonts.load(`${weight} 32px Barlow`, text),
    ]),
  )
}

/** Measures with the browser's own canvas. */
export const canvasMeasure = (): Measure => {
  const context = document.createElement('canvas').getContext('2d')
  return (text, sizePx, weight) => {
    if (!context) return text.length * sizePx
    context.font = `${weight} ${sizePx}px ${mapFont}`
    return context.measureText(text).width
  }
}
