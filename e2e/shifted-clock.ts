import { readFileSync } from 'node:fs'

/** Put before a server by `NODE_OPTIONS=--import`: its clock is ahead by the ms that the file of E2E_CLOCK_FILE says. */
const file = process.env.E2E_CLOCK_FILE ?? ''
const trueNow = Date.now
let shiftMs = 0
const read = () => {
  try {
    shiftMs = Number(readFileSync(file, 'utf8'))
  } catch {
    // not written yet: the clock is right
  }
}
read()
setInterval(read, 100).unref()
Date.now = () => trueNow() + shiftMs
