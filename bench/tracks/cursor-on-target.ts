import type { Fix } from '#protocol/track.ts'

/** A position is called old after this by whoever shows it, ms. */
const staleAfterMs = 75_000
/** CoT's own "not known", metres */
const unknownMetres = '9999999.0'
const kmhPerMetreASecond = 3.6

const attribute = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const track = ({ headingDeg, speedKmh }: Pick<Fix, 'headingDeg' | 'speedKmh'>): string => {
  const course = headingDeg === null ? '' : ` course="${headingDeg}"`
  const speed = speedKmh === null ? '' : ` speed="${(speedKmh / kmhPerMetreASecond).toFixed(2)}"`
  return course + speed === '' ? '' : `<track${course}${speed}/>`
}

/**
 * A position as a TAK server streams it: one Cursor-on-Target event (2.0), with nothing in it that could be left out.
 * Its stream has no framing of its own.
 */
export const cotEvent = (fix: Omit<Fix, 'seenAt' | 'simulated'>): string => {
  const time = new Date(fix.at).toISOString()
  const stale = new Date(fix.at + staleAfterMs).toISOString()
  const unknown = `hae="${unknownMetres}" ce="${unknownMetres}" le="${unknownMetres}"`
  return (
    `<event version="2.0" uid="${attribute(fix.unit)}" type="a-f-G-U-C" how="m-g" time="${time}" start="${time}" stale="${stale}">` +
    `<point lat="${fix.lat}" lon="${fix.lon}" ${unknown}/><detail>${track(fix)}</detail></event>`
  )
}
