/** A township-level unit of the prefecture, as the mock needs it. */
export interface Township {
  /** 9 digits; the first 6 are the county's */
  code: string
  /** how its units are called: `JH-GS` in `JH-GS-02`; made up */
  sign: string
  /** of the seat, WGS-84, rounded to 0.01°; made up where `synthetic` */
  lon: number
  lat: number
  /** share of the calls, made up: Jinghong has two thirds */
  weight: number
  urban: boolean
  /** no seat is known: it stands somewhere inside its county */
  synthetic: boolean
  /** its terminals send no `acknowledged` and no `handled` */
  sparse: boolean
}

const township = (
  code: string,
  sign: string,
  lon: number,
  lat: number,
  weight: number,
  marks = '',
): Township => ({
  code,
  sign,
  lon,
  lat,
  weight,
  urban: marks.includes('u'),
  synthetic: marks.includes('s'),
  sparse: marks.includes('q'),
})

/** Codes and seats: statistical division codes (2023-06-30). Marks: u urban, s synthetic seat, q sparse stamps. */
export const townships: readonly Township[] = [
  township('532801001', 'JH-YJH', 100.79, 22.0, 24, 'us'),
  township('532801002', 'JH-JB', 100.82, 22.03, 12, 'us'),
  township('532801003', 'JH-GS', 100.76, 21.95, 10, 'us'),
  township('532801004', 'JH-GD', 100.75, 22.02, 7, 'us'),
  township('532801005', 'JH-MNF', 100.81, 21.97, 6, 'us'),
  township('532801103', 'JH-ML', 100.68, 21.58, 4),
  township('532801104', 'JH-MH', 100.92, 21.85, 3),
  township('532801105', 'JH-MY', 100.9, 22.09, 3, 'q'),
  township('532801106', 'JH-PW', 101.06, 22.51, 2),
  township('532801202', 'JH-JHA', 100.99, 21.79, 1, 's'),
  township('532801203', 'JH-JN', 100.8, 22.43, 0.7, 'q'),
  township('532801204', 'JH-DDG', 100.93, 22.37, 0.8),
  township('532801205', 'JH-MW', 101.29, 22.49, 0.8),
  township('532801206', 'JH-JNS', 101.0, 22.04, 0.8),
  township('532822101', 'MH-MH', 100.44, 21.95, 8, 'u'),
  township('532822102', 'MH-DL', 100.05, 21.7, 2),
  township('532822103', 'MH-MHN', 100.38, 21.84, 1.5),
  township('532822104', 'MH-MZ', 100.27, 21.99, 2.2, 'q'),
  township('532822105', 'MH-MM', 100.13, 22.18, 0.8),
  township('532822106', 'MH-MA', 100.33, 22.19, 1),
  township('532822201', 'MH-MS', 100.56, 22.06, 0.8),
  township('532822202', 'MH-MW', 100.47, 22.39, 0.6, 'q'),
  township('532822203', 'MH-GLH', 100.52, 21.86, 0.6, 's'),
  township('532822204', 'MH-BLS', 100.42, 21.59, 0.6),
  township('532822205', 'MH-XD', 100.13, 21.9, 0.6, 's'),
  township('532823101', 'ML-ML', 101.57, 21.49, 9, 'u'),
  township('532823102', 'ML-MP', 101.31, 21.45, 2.5),
  township('532823103', 'ML-MM', 101.3, 21.3, 1.5),
  township('532823104', 'ML-MLN', 101.25, 21.94, 2),
  township('532823105', 'ML-MOH', 101.69, 21.19, 3.5, 'q'),
  township('532823106', 'ML-MB', 101.64, 21.73, 0.7),
  township('532823107', 'ML-GL', 101.29, 21.7, 1),
  township('532823108', 'ML-YW', 101.46, 21.99, 0.8, 's'),
  township('532823202', 'ML-XM', 101.35, 22.15, 0.4, 's'),
  township('532823203', 'ML-YQ', 101.48, 21.66, 0.7, 'sq'),
]
