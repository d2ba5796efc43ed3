/** One way in for bytes that somebody else has made. */
export interface FuzzDoor {
  name: string
  /** what a sender in his right mind would send; everything else is made of it */
  corpus: readonly Uint8Array[]
  /** this part of the inputs that other doors get, for a door that opens files or a whole server */
  share?: number
  open(): Taker | Promise<Taker>
}

/** Runs what it is told to and stops its own: a door that is open. */
export interface Taker {
  /**
   * Takes an input in, timed; what it returns is run afterwards, untimed, and throws where something has come of the
   * input that may not. Either throws: a fault is found.
   */
  take(input: Uint8Array): Judge | Promise<Judge>
  close?(): void | Promise<void>
}
export type Judge = () => void

const encoder = new TextEncoder()
export const bytesOf = (text: string): Uint8Array => encoder.encode(text)
/** As JSON, which is the form of nearly everything that comes in. */
export const jsonOf = (value: unknown): Uint8Array => bytesOf(JSON.stringify(value))

/** What an oracle says when something has come of an input that may not. */
export const wants = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what)
}
