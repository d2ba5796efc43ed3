import type { TrackTable } from '#protocol/track-frame.ts'

/** A unit that has gone this far at once was somewhere else meanwhile: it appears there, degrees. */
const leapDeg = 0.05
/** Nobody can say where a unit was for longer than this between two fixes, ms. */
const longestMs = 15_000
const shortestMs = 500
/** Places that a trail keeps of each unit; the ring of one takes twice as many numbers. */
export const trailPlaces = 8

/** How units go from fix to fix, and where each was before: typed columns by index, no object a unit. */
export interface Glide {
  /** Notes the fixes that have changed; `nowMs` by the screen's own clock. */
  take(table: TrackTable, nowMs: number): void
  /** Puts every unit where it is now; false: all have come to rest. */
  step(nowMs: number): boolean
  /** lon, lat, lon, lat … degrees */
  shown(): Float32Array
  /** Calls for every stretch of every trail, the newest first: `age` is 1 for the newest, then more. */
  trails(
    call: (
      index: number,
      from: readonly [number, number],
      to: readonly [number, number],
      age: number,
    ) => void,
  ): void
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
  /** units on their way; the rest are not looked at */
  let moving: number[] = []

  const widen = (capacity: number) => {
    const wider = <
      Column extends
        | Float32Array<ArrayBuffer>
        | Float64Array<ArrayBuffer>
        | Uint32Array<ArrayBuffer>,
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
  }
  const keep = (index: number, lon: number, lat: number) => {
    const slot = 2 * (trailPlaces * index + (kept[index]! % trailPlaces))
    ring[slot] = lon
    ring[slot + 1] = lat
    kept[index]! += 1
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
        moving.push(index)
      }
    },
    step(nowMs) {
      moving = Array.from(new Set(moving)).filter((index) => {
        const share = Math.min(1, Math.max(0, (nowMs - beganMs[index]!) / lastsMs[index]!))
        for (const axis of [2 * index, 2 * index + 1])
          shown[axis] = from[axis]! + share * (to[axis]! - from[axis]!)
        return share < 1
      })
      return moving.length > 0
    },
    shown: () => shown,
    trails(call) {
      for (let index = 0; index < size; index++) {
        const many = Math.min(trailPlaces, kept[index]!)
        let [lon, lat] = [shown[2 * index]!, shown[2 * index + 1]!]
        // the newest place is where the unit is going, so the trail begins with the one before it
        for (let age = 1; age < many; age++) {
          const slot = 2 * (trailPlaces * index + ((kept[index]! - 1 - age) % trailPlaces))
          const [toLon, toLat] = [ring[slot]!, ring[slot + 1]!]
          call(index, [lon, lat], [toLon, toLat], age)
          ;[lon, lat] = [toLon, toLat]
        }
      }
    },
  }
}
