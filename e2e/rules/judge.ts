import { likelyViewing } from '#web/kit/type-scale.ts'
import { contrast, luminance, type Rgb } from './colour.ts'
import { groundOf } from './pixels.ts'
import type { Picture } from './read-png.ts'
import type { SeenText, SeenWall } from './seen.ts'

const hasHan = (text: string) => /\p{Script=Han}/u.test(text)

/** `wall-rules` 2: what a glyph fills of its font size. */
const hanEm = 0.9
const latinEm = 0.7
const leastHanPx = 24

/** The visual angle under which the farthest seat sees a text, minutes of arc: h = 6.283 · D · M / 21600. */
export const arcMinutes = (
  { text, fontPx }: Pick<SeenText, 'text' | 'fontPx'>,
  { viewerMm, pitchMm }: { viewerMm: number; pitchMm: number },
): number => {
  const glyphMm = fontPx * (hasHan(text) ? hanEm : latinEm) * pitchMm
  return (glyphMm * 21_600) / (2 * Math.PI * viewerMm)
}

/** Rounding of font sizes to whole px, minutes of arc. */
const slack = 0.05

const named = ({ place, text }: SeenText, why: string) => `${place} "${text.slice(0, 24)}": ${why}`

/** H1: texts that the farthest seat cannot read. */
export const tooSmall = ({ texts, sizePx, perCssPx }: SeenWall): string[] => {
  const viewing = likelyViewing(sizePx[0] * perCssPx, sizePx[1] * perCssPx)
  return texts.flatMap((one) => {
    const isHan = hasHan(one.text)
    const least = isHan || one.kind !== 'word' ? 20 : 16
    const is = arcMinutes(one, viewing)
    const isSmudge = isHan && one.fontPx * hanEm < leastHanPx - 0.5
    return is < least - slack || isSmudge ? [named(one, `${is.toFixed(1)}′ of ${least}′`)] : []
  })
}

const over = (ink: Rgb, ground: Rgb, opacity: number): Rgb =>
  ink.map((channel, at) => opacity * channel + (1 - opacity) * ground[at]!) as unknown as Rgb

/** H2: texts that do not stand out from what is under them in the picture. */
export const tooFaint = ({ texts, perCssPx }: SeenWall, picture: Picture): string[] =>
  texts.flatMap((one) => {
    const { left, top, width, height } = one.box
    const [x, y, w, h] = [left, top, width, height].map((px) => px * perCssPx)
    const ground = groundOf(picture, { left: x!, top: y!, width: w!, height: h! }, one.colour)
    if (!ground) return []
    const least = one.kind === 'word' ? 4.5 : 7
    const is = contrast(over(one.colour, ground, one.opacity), ground)
    return is < least - 0.05 ? [named(one, `${is.toFixed(1)} of ${least}`)] : []
  })

/** H19: names and headings that stand at their place whatever happens, and are brighter than they may be for that. */
export const tooBright = (one: SeenWall, other: SeenWall): string[] => {
  const keyOf = ({ text, place, box }: SeenText) =>
    `${place} ${text} ${Math.round(box.left)} ${Math.round(box.top)}`
  const others = new Set(other.texts.map(keyOf))
  return one.texts
    .filter((text) => text.isChrome && others.has(keyOf(text)))
    .filter(({ colour }) => luminance(colour) > 0.6)
    .map((text) => named(text, luminance(text.colour).toFixed(2)))
}

/** H17: panels whose box is another in another scene, though both show them. */
export const reflown = (one: SeenWall, other: SeenWall): string[] => {
  const boxes = new Map(other.panels.map(({ name, box }) => [name, box]))
  return one.panels.flatMap(({ name, box }) => {
    const there = boxes.get(name)
    if (!there) return [`${name}: not there`]
    const isSame = (['left', 'top', 'width', 'height'] as const).every(
      (side) => Math.abs(box[side] - there[side]) < 1,
    )
    const text = ({ left, top, width, height }: typeof box) =>
      [left, top, width, height].map(Math.round).join(' ')
    return isSame ? [] : [`${name}: ${text(box)} and ${text(there)}`]
  })
}

/** With separators, at most five digits; where it has a fraction or stands for thousands or more, at most three. */
export const isPrinted = (digits: string): boolean =>
  /^(—|\*|<\d|\d{1,3}|\d{1,2},\d{3}|(\d{1,3}|\d\.\d{1,2}|\d{2}\.\d)( 万| k| M)?|0\.\d{1,4})$/.test(
    digits,
  )

/** H17: figures that are not printed as a wall prints a number. */
export const illPrinted = ({ texts }: SeenWall): string[] =>
  texts
    .filter(({ kind, text }) => kind === 'value' && !isPrinted(text))
    .map((one) => named(one, 'is not how the wall prints a number'))
