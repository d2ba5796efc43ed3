import type { Color } from '@deck.gl/core'

/** `#RRGGBB` and an opacity from 0 to 1, as deck.gl wants it. */
export const rgba = (hex: string, opacity = 1): [number, number, number, number] => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
  Math.round(opacity * 255),
]

const ground = '#0B1420'

/** Every colour of the base map: grey-blue and unsaturated, so that only marks have colour. */
export const mapColours = {
  ground,
  /** the prefecture's body, under the relief */
  body: rgba('#22303F'),
  /** laid over the surroundings, so that the relief there stays behind */
  veil: rgba(ground, 0.74),
  /** the lit side of a slope; the other side is black */
  light: [196, 214, 232] as [number, number, number],
  lightOpacity: 0.4,
  /** pictures are made for the day: on white paper a name keeps 4.5:1 with this much of it */
  tileOpacity: 0.28,
  formLine: rgba('#B4CBE2', 0.26),
  formShade: rgba('#050A11', 0.5),
  /** a dark edge under the outline, which lifts the body off the ground */
  casing: rgba('#070D16', 0.85),
  national: rgba('#C3CFDA'),
  nationalBand: rgba('#A9BDD2', 0.2),
  prefecture: rgba('#8FA1B3'),
  county: rgba('#8495A6'),
  abroad: rgba('#5A6B7C'),
  river: rgba('#4F7694'),
  countyName: rgba('#C6CFD8'),
  seatName: rgba('#B4C0CC'),
  seatMark: rgba('#AEBCC9'),
  neighbourName: rgba('#74879C'),
  riverName: rgba('#7C9CB6'),
  halo: rgba('#101A26', 0.9),
  /** what is written beside a mark: `--paper` */
  written: rgba('#E6EDF3'),
  /** 7.0:1 on the ground */
  note: '#96A4B3',
} satisfies Record<string, string | number | Color>

/** What marks are drawn in, on the map and in its key; those that mean something are the tokens' own. */
export const markColours = {
  ground,
  force: '#A9BCD3',
  patrolled: '#8F9EAE',
  /** a person is needed */
  asksFor: '#FFB000',
  /** an eye should be kept on it */
  watched: '#FFF1A8',
  raised: '#5D6C7F',
  raisedSign: '#93A9C4',
  measured: '#7F98B1',
  silent: '#B3BFCB',
  unknown: '#7D8794',
  unknownShade: '#050A11',
}

/** The levels of incidents and alarms, as `tokens.css` has them. */
export const levelColours: Record<number, string> = {
  1: '#FF4D4D',
  2: '#FFB000',
  3: '#FFF1A8',
  // lighter than `--normal`, which the relief would swallow
  4: '#A9B5C1',
}
