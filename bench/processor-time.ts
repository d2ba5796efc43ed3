import { readFileSync } from 'node:fs'

const clockTickMs = 10

/** Processor time that a process has used, all its threads, ms: in steps of 10. */
export const cpuMsOf = (pid: number): number => {
  // what follows the name, which may hold anything, begins with the third field
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * clockTickMs
}
