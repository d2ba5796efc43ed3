import { resolve } from 'node:path'
import { JournalBroken, JournalLocked } from '#server/journal/journal.ts'
import { LockFailed } from '#server/journal/lock.ts'
import { readSettings, SettingsWrong } from '#server/settings.ts'
import { OperationRefused } from './manifest.ts'

const sayable = [OperationRefused, SettingsWrong, JournalLocked, LockFailed, JournalBroken]

/** The data folder, as the server reads it. */
export const dataFolder = (): string => readSettings(process.env).folder

/** The one folder that a command is given, absolute. */
export const onlyFolder = (usage: string): string => {
  const [folder, ...rest] = process.argv.slice(2)
  if (folder === undefined || folder.startsWith('-') || rest.length > 0)
    throw new OperationRefused(usage)
  return resolve(folder)
}

/** Runs a command; what a person can mend is said in one sentence, and the exit code is 1. */
export const runCommand = (command: () => Promise<string>): void => {
  const startedMs = performance.now()
  command().then(
    (sentence) =>
      console.log(`${sentence} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`),
    (fault: NodeJS.ErrnoException) => {
      process.exitCode = 1
      // a code of the operating system's: no room, no right, no such folder
      const isSayable = fault.code !== undefined || sayable.some((kind) => fault instanceof kind)
      const sentence =
        fault instanceof JournalBroken
          ? `The journal does not verify, so nothing was made of it: ${fault.message}. Use an older backup`
          : fault.message
      console.error(isSayable ? sentence : fault)
    },
  )
}
