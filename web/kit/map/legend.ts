/** A mark and what it means, for the key at the map's foot; the words are told by their keys. */
export interface LegendMark {
  /** drawn in a square of 20 by 20 */
  path: string
  /** `#RRGGBB` */
  colour: string
  isHollow?: boolean
  word: string
}
