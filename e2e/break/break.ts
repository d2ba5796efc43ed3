/** What a run has shown of a promise. */
export interface Shown {
  /** how often the thing was done */
  runs: number
  /** in one line, with units: what was seen, next to what is promised */
  figures: string
  /** figures of the promise that this machine, now, did not keep; they depend on its speed, so CI only prints them */
  missed?: readonly string[]
}

export interface Options {
  /** CI's form: seconds instead of minutes, the same oracle */
  isShort: boolean
  /** what chance starts from; the same seed breaks in the same way as far as a real machine allows */
  seed: number
  /** says how far it is */
  tell(line: string): void
}

/** One way to break the real thing, with its oracle. */
export interface Break {
  /** the promise's test: `T1.1` */
  id: string
  /** what is done, as one would say it */
  title: string
  /** whether chance plays a part: then the seed is told */
  isSeeded: boolean
  /** why it cannot run here, or null */
  impossible?(): string | null
  /** Throws where the promise does not hold, however slow the machine is. Stops what it started. */
  run(options: Options): Promise<Shown>
}
