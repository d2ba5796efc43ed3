/** Something that lies at a place and takes room on the screen. */
export interface Lying {
  place: readonly [lon: number, lat: number]
  radiusPx: number
}
/** What would cover each other: the first is drawn, the rest are counted. */
export interface Heap<Mark> {
  head: Mark
  rest: Mark[]
}

/**
 * Marks that would hide each other, in heaps; `marks` come with the most important first, which is the head of its heap.
 * `keeps` says which are never only counted.
 */
export const heapsOf = <Mark extends Lying>(
  marks: readonly Mark[],
  pxPerDegree: number,
  keeps: (mark: Mark) => boolean = () => false,
): Heap<Mark>[] => {
  const heaps: Heap<Mark>[] = []
  for (const mark of marks) {
    const [lon, lat] = mark.place
    const steep = 1 / Math.cos((lat * Math.PI) / 180)
    const home = keeps(mark)
      ? undefined
      : heaps.find(({ head }) => {
          const apartPx =
            pxPerDegree * Math.hypot(head.place[0] - lon, (head.place[1] - lat) * steep)
          return apartPx < head.radiusPx + mark.radiusPx
        })
    if (home) home.rest.push(mark)
    else heaps.push({ head: mark, rest: [] })
  }
  return heaps
}
