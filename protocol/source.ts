/** The source of what nobody sends: the server's own noticing. */
export const ownSource = 'wanglou'

/** What people call a source, in each language of the wall. */
export interface SourceTitle {
  zh: string
  en: string
}

/** What a source says of itself, by `POST /ingest/alive` or through the configuration. */
export interface Declaration {
  /** it promises a word (an event, a position or an `alive`) at least this often, ms */
  intervalMs: number
  /**
   * How its numbers look (`5328############`: `#` a digit, `@` a Latin letter, `?` either, all else itself): such a
   * number is taken though it also looks like an identity card, a phone or a plate.
   */
  numberPatterns: readonly string[]
  /** absent: its name stands in for it */
  title?: SourceTitle
}

/** The shortest and the longest interval that can be promised, ms; and what is taken when none is named. */
export const intervalAtLeastMs = 5000
export const intervalAtMostMs = 86_400_000
export const intervalByDefaultMs = 10_000

/** How a source stands, as the door and every screen need to know it. */
export interface Standing {
  /** null: it promised nothing, so its silence means nothing */
  intervalMs: number | null
  numberPatterns: readonly string[]
  title?: SourceTitle
  /** while it is silent: when it was last heard before, ms; else null */
  silentSince: number | null
}

/** What the door knows of one source and no event tells; counts are totals since the server's start. */
export interface DoorTally {
  source: string
  /** its last word of any kind, ms of arrival; null: none since the server's start */
  heardAt: number | null
  /**
   * For how long it has not been heard while the door was listening, ms; since the server's start when it has not been
   * heard at all. By a clock that never jumps.
   */
  unheardMs: number
  /** what it declared last; null: nothing since the server's start */
  declared: Declaration | 'retired' | null
  /** its last sending was marked as made up */
  simulated: boolean
  /** live lines that were known already; history may be sent again */
  duplicates: number
  refused: number
  /** numbers that were masked in its free text */
  masked: number
  /** positions taken */
  fixes: number
}

/** What the door knows of every source that it has heard since it opened. */
export interface Door {
  /** ms: nobody was listening before */
  openedAt: number
  /** for how long it has been listening without a break, ms: a process that was stopped for seconds heard nobody */
  listeningMs: number
  /** when it last sent somebody away to come again, since it could keep nothing, ms; null: never */
  turnedAwayAt: number | null
  tallies: readonly DoorTally[]
}
