import { parentPort, workerData } from 'node:worker_threads'
import { fuzzDoors } from './doors.ts'
import { type Tried, tryDoor } from './try-door.ts'

/** What one thread is to do: so many inputs from `first` on, of a door by its place in the list. */
export interface Part {
  door: number
  seed: number
  first: number
  inputs: number
}
export interface WorkerTask {
  /** [door, input, beat]: where the thread is, for who watches it hang; the beat goes on within an input that is shrunk */
  at: Int32Array
}

const { at } = workerData as WorkerTask

parentPort!.on('message', async ({ door, seed, first, inputs }: Part) => {
  const place = (n: number) => {
    at[0] = door
    at[1] = n
    at[2]! += 1
  }
  const tried: Tried = await tryDoor(fuzzDoors[door]!, seed, inputs, place, first)
  parentPort!.postMessage(tried)
})
