import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { findStrace } from '../../tools/strace.ts'

/** A system call of a running server: which lines of the trace it began and ended in, so what came before what is exact. */
export interface Call {
  name: string
  enteredAt: number
  leftAt: number
  /** the file or the peer that it was made to */
  of: string
  /** everything after that, as strace writes it, and what the kernel answered */
  rest: string
  answer: number
}

const names =
  'read,write,writev,sendto,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2'
const file = /^(\w+)\((?:\d+<(TCP[^\]]*\]|[^>]*)>)?,? ?(.*)\)\s+= (-?\d+)/s

/** Follows a server, every thread, until told to stop: then what it called, in order. */
export const startTrace = async (
  pid: number,
  path: string,
): Promise<{ stop(): Promise<Call[]> }> => {
  const tracer = spawn(
    findStrace()!,
    ['-f', '-yy', '-s', '200000', '-p', String(pid), '-o', path, '-e', `trace=${names}`],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = once(tracer, 'exit')
  // it says so when it is there; from then on no call escapes it
  await once(tracer.stderr!, 'data')
  tracer.stderr!.resume()
  if (tracer.exitCode !== null) throw new Error('strace could not attach')
  return {
    async stop() {
      tracer.kill('SIGINT')
      await exited
      const calls = await readTrace(path)
      rmSync(path)
      return calls
    },
  }
}

/** A call that another thread's came in between of stands in two lines: it is put together again. */
const readTrace = async (path: string): Promise<Call[]> => {
  const begun = new Map<string, { text: string; enteredAt: number }>()
  const calls: Call[] = []
  let at = 0
  for await (const line of createInterface({ input: createReadStream(path, 'latin1') })) {
    at += 1
    const space = line.indexOf(' ')
    const thread = line.slice(0, space)
    let text = line.slice(space).trimStart()
    let enteredAt = at
    if (text.endsWith(' <unfinished ...>')) {
      begun.set(thread, { text: text.slice(0, -' <unfinished ...>'.length), enteredAt })
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>/.exec(text)
    if (resumed) {
      const head = begun.get(thread)
      // it was under way when the tracer came
      if (!head) continue
      begun.delete(thread)
      text = head.text + text.slice(resumed[0].length)
      enteredAt = head.enteredAt
    }
    const [, name, of = '', rest, answer] = file.exec(text) ?? []
    if (name) calls.push({ name, enteredAt, leftAt: at, of, rest: rest!, answer: Number(answer) })
  }
  // what had begun and not ended when the tracer went may have happened or not: nothing relies on it
  return calls
}

const escapes: Record<string, number> = { n: 10, t: 9, r: 13, v: 11, f: 12 }

/** The bytes of a string as strace writes it: C's escapes, octal for what cannot be printed. */
export const bytesOf = (quoted: string): Buffer => {
  const bytes = Buffer.allocUnsafe(quoted.length)
  let length = 0
  for (let at = 0; at < quoted.length; at++) {
    const letter = quoted[at]!
    if (letter !== '\\') {
      bytes[length++] = quoted.charCodeAt(at)
      continue
    }
    const octal = /^[0-7]{1,3}/.exec(quoted.slice(at + 1, at + 4))
    if (octal) {
      bytes[length++] = Number.parseInt(octal[0], 8)
      at += octal[0].length
    } else {
      at += 1
      bytes[length++] = escapes[quoted[at]!] ?? quoted.charCodeAt(at)
    }
  }
  return bytes.subarray(0, length)
}

const string = /"([^"\\]*(?:\\.[^"\\]*)*)"/gs

/** Every string of a call, put together, still escaped. */
export const textOf = ({ rest }: Pick<Call, 'rest'>): string =>
  Array.from(rest.matchAll(string), ([, text]) => text).join('')
