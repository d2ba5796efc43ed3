import type { TrackTable } from '#protocol/track-frame.ts'

/** A unit that has gone this far at once was somewhere else meanwhile: it appears there, degrees. */
const leapDeg = 0.05
/** Nobody can say where a unit was for longer than this between two fixes, ms. */
const longestMs = 15_000
const shortestMs = 500
/** Places that a trail keeps of each unit; the ring of one takes twice as many numbers. */
export const trailPlaces = 8

/** Lines as columns: from lon lat, to lon lat, degrees; `ages` is 1 for the newest stretch of a trail, then more. */
export interface Stretches {
  count: number
  ends: Float32Array
  ages: Uint8Array
}

/** How units go from fix to fix, and where each was before: typed columns by index, no object a unit. */
export interface Glide {
  /** Notes the fixes that have changed; `nowMs` by the screen's own clock. */
  take(table: TrackTable, nowMs: number): void
  /** Puts every unit where it is now; false: all have come to rest. */
  step(nowMs: number): boolean
  /** lon, lat, lon, lat … degrees */
  shown(): Float32Array
  /** What each unit has left behind: the same until a fix has come. */
  tails(): Stretches
  /** From where each unit is now to its last place. */
  heads(): Stretches
}

export const createGlide = (): Glide => {
  let size = 0
  let from = new Float32Array(0)
  let to = new Float32Array(0)
  let shown = new Float32Array(0)
  let fixAt = new Float64Array(0)
  let beganMs = new Float64Array(0)
  let lastsMs = new Float32Array(0)
  let ring = new Float32Array(0)
  let kept = new Uint32Array(0)
  /** units on their way, each once; the rest are not looked at */
  let moving: number[] = []
  let isMoving = new Uint8Array(0)
  let laid: Stretches | null = null
  let headEnds = new Float32Array(0)
  let newest = new Uint8Array(0)

  const widen = (capacity: number) => {
    const wider = <
      Column extends
        | Float32Array<ArrayBuffer>
        | Float64Array<ArrayBuffer>
        | Uint32Array<ArrayBuffer>
        | Uint8Array<ArrayBuffer>,
    >(
      column: Column,
      into: Column,
    ): Column => {
      into.set(column)
      return into
    }
    from = wider(from, new Float32Array(2 * capacity))
    to = wider(to, new Float32Array(2 * capacity))
    shown = wider(shown, new Float32Array(2 * capacity))
    fixAt = wider(fixAt, new Float64Array(capacity))
    beganMs = wider(beganMs, new Float64Array(capacity))
    lastsMs = wider(lastsMs, new Float32Array(capacity))
    ring = wider(ring, new Float32Array(2 * trailPlaces * capacity))
    kept = wider(kept, new Uint32Array(capacity))
    isMoving = wider(isMoving, new Uint8Array(capacity))
    headEnds = new Float32Array(4 * capacity)
    newest = new Uint8Array(capacity).fill(1)
  }
  const keep = (index: number, lon: number, lat: number) => {
    const slot = 2 * (trailPlaces * index + (kept[index]! % trailPlaces))
    ring[slot] = lon
    ring[slot + 1] = lat
    kept[index]! += 1
    laid = null
  }
  /** Where the ring has the place that so many others came after. */
  const slotOf = (index: number, later: number) =>
    2 * (trailPlaces * index + ((kept[index]! - 1 - later) % trailPlaces))
  /** The newest place is where the unit is going, so its trail begins with the one before it. */
  const layTails = (): Stretches => {
    const ends = new Float32Array(4 * (trailPlaces - 2) * size)
    const ages = new Uint8Array((trailPlaces - 2) * size)
    let count = 0
    for (let index = 0; index < size; index++) {
      const many = Math.min(trailPlaces, kept[index]!)
      for (let age = 2; age < many; age++) {
        const [newer, older] = [slotOf(index, age - 1), slotOf(index, age)]
        ends[4 * count] = ring[newer]!
        ends[4 * count + 1] = ring[newer + 1]!
        ends[4 * count + 2] = ring[older]!
        ends[4 * count + 3] = ring[older + 1]!
        ages[count] = age
        count += 1
      }
    }
    return { count, ends, ages }
  }
  const place = (index: number, lon: number, lat: number) => {
    for (const column of [from, to, shown]) {
      column[2 * index] = lon
      column[2 * index + 1] = lat
    }
    kept[index] = 0
    keep(index, lon, lat)
  }

  return {
    take(table, nowMs) {
      if (table.size > fixAt.length) widen(table.fixAt.length)
      size = table.size
      for (let index = 0; index < size; index++) {
        const at = table.fixAt[index]!
        if (at === fixAt[index]) continue
        const [lon, lat] = [table.positions[2 * index]!, table.positions[2 * index + 1]!]
        const before = fixAt[index]!
        fixAt[index] = at
        const gone = Math.hypot(lon - to[2 * index]!, lat - to[2 * index + 1]!)
        if (gone === 0) continue
        if (before === 0 || gone > leapDeg || at < before) {
          place(index, lon, lat)
          continue
        }
        from[2 * index] = shown[2 * index]!
        from[2 * index + 1] = shown[2 * index + 1]!
        to[2 * index] = lon
        to[2 * index + 1] = lat
        beganMs[index] = nowMs
        lastsMs[index] = Math.min(longestMs, Math.max(shortestMs, at - before))
        keep(index, lon, lat)
        if (!isMoving[index]) moving.push(index)
        isMoving[index] = 1
      }
    },
    step(nowMs) {
      moving = moving.filter((index) => {
        const share = Math.min(1, Math.max(0, (nowMs - beganMs[index]!) / lastsMs[index]!))
        for (let axis = 2 * index; axis < 2 * index + 2; axis++)
          shown[axis] = from[axis]! + share * (to[axis]! - from[axis]!)
        if (share < 1) return true
        isMoving[index] = 0
        return false
      })
      return moving.length > 0
    },
    shown: () => shown,
    tails() {
      laid ??= layTails()
      return laid
    },
    heads() {
      let count = 0
      for (let index = 0; index < size; index++) {
        if (kept[index]! < 2) continue
        const behind = slotOf(index, 1)
        headEnds[4 * count] = shown[2 * index]!
        headEnds[4 * count + 1] = shown[2 * index + 1]!
        headEnds[4 * count + 2] = ring[behind]!
        headEnds[4 * count + 3] = ring[behind + 1]!
        count += 1
      }
      return { count, ends: headEnds, ages: newest }
    },
  }
}
