import type { Random } from '#mock/random.ts'
import type { Doings, FileLog, Written } from './written.ts'

/** Sectors are what a disk writes whole. */
const sectorBytes = 512

/** What may have become of what was not synced when the power went. */
const fates = ['none of it', 'all of it', 'up to some write', 'any of it, torn'] as const

/** A file as it may be found after a power cut. */
type Image = Buffer
type Part = Pick<Written, 'at' | 'bytes' | 'fileBytes'>

const put = (image: Image, { at, bytes, fileBytes }: Part): Image => {
  if (fileBytes !== null && fileBytes <= image.length) return image.subarray(0, fileBytes)
  if (fileBytes !== null) return Buffer.concat([image, Buffer.alloc(fileBytes - image.length)])
  const grown =
    image.length >= at + bytes.length
      ? image
      : Buffer.concat([image, Buffer.alloc(at + bytes.length - image.length)])
  bytes.copy(grown, at)
  return grown
}

/** Some sectors of what was written. */
const torn = (write: Written, random: Random): Part[] => {
  const { at, bytes } = write
  // a new length is there or not
  if (write.fileBytes !== null) return random.chance(0.5) ? [write] : []
  const parts: Part[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + sectorBytes - ((at + from) % sectorBytes))
    if (random.chance(0.5)) {
      parts.push({ at: at + from, bytes: bytes.subarray(from, to), fileBytes: null })
    }
    from = to
  }
  return parts
}

const imageOf = (
  base: Buffer,
  { writes, syncs }: FileLog,
  cutAt: number,
  random: Random,
): { image: Image; open: number } => {
  const ended = syncs.filter(({ leftAt }) => leftAt < cutAt)
  const syncedAt = Math.max(0, ...ended.map(({ enteredAt }) => enteredAt))
  const begun = writes.filter(({ enteredAt }) => enteredAt < cutAt)
  const kept = begun.filter(({ leftAt }) => leftAt < syncedAt)
  const open = begun.filter(({ leftAt }) => leftAt >= syncedAt)
  let image: Image = Buffer.from(base)
  for (const write of kept) image = put(image, write)
  const fate = random.pick(fates)
  const upTo = random.int(0, open.length)
  for (const [n, write] of open.entries()) {
    if (fate === 'none of it' || (fate === 'up to some write' && n > upTo)) continue
    const isTorn = (fate === 'up to some write' && n === upTo) || fate === 'any of it, torn'
    const parts = isTorn ? torn(write, random) : [write]
    for (const part of parts) image = put(image, part)
  }
  return { image, open: open.length }
}

/** What a power cut at a moment of the trace may leave of a folder, and what must be found in it. */
export interface Remains {
  main: Buffer
  wal: Buffer
  /** the newest that may be there: the hardest to satisfy */
  witness: string | null
  acknowledged: string[]
  /** writes that had not been synced */
  open: number
}

/** The synced bytes of both files are there; of the rest, any part. */
export const cutPower = (
  base: { main: Buffer; wal: Buffer },
  { main, wal, acknowledgements, witnesses }: Doings,
  cutAt: number,
  random: Random,
): Remains => {
  const ofMain = imageOf(base.main, main, cutAt, random)
  const ofWal = imageOf(base.wal, wal, cutAt, random)
  return {
    main: ofMain.image,
    wal: ofWal.image,
    witness: witnesses.findLast(({ enteredAt }) => enteredAt < cutAt)?.text ?? null,
    acknowledged: acknowledgements
      .filter(({ enteredAt }) => enteredAt < cutAt)
      .flatMap(({ ids }) => ids),
    open: ofMain.open + ofWal.open,
  }
}
