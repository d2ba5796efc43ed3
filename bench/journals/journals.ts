import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Nearly as much as a server lets pass before it saves a checkpoint, but where thousands come each second. */
const behindAtMost = 4000
/** How many events a journal of so many has behind its last checkpoint. */
export const behindOf = (count: number): number => Math.min(behindAtMost, count / 2)

const maker = fileURLToPath(new URL('make.ts', import.meta.url))
const made = new Map<number, Promise<string>>()

const make = async (count: number): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-bench-'))
  const child = spawn(process.execPath, [maker, folder, String(count), String(behindOf(count))], {
    stdio: 'inherit',
  })
  const [, signal] = await once(child, 'exit')
  if (signal !== 'SIGKILL') throw new Error(`no journal of ${count} events was made`)
  return folder
}

/** Journals of some sizes, each in a temporary folder, which `main.ts` takes away; a size that was asked for is there. */
export const journalsOf = async (
  counts: readonly number[],
  tell: (line: string) => void,
): Promise<{ count: number; folder: string }[]> => {
  const found: { count: number; folder: string }[] = []
  for (const count of counts) {
    if (!made.has(count)) tell(`filling a journal of ${count.toLocaleString('en-US')} events`)
    const folder = made.get(count) ?? make(count)
    made.set(count, folder)
    found.push({ count, folder: await folder })
  }
  return found
}

/** Ten million need about six GB and as many minutes. */
export const journalSizes = (isShort: boolean): readonly number[] => {
  if (isShort) return [1000, 10_000]
  const sizes = [10_000, 100_000, 1_000_000]
  return process.env.WANGLOU_BENCH_LARGE === '1' ? [...sizes, 10_000_000] : sizes
}
