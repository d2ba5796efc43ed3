import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { repo } from '../steps.ts'
import { type Edit, edited } from './mutant.ts'

/** The working tree once more, in a folder of its own, to be broken there. */
export interface Copy {
  folder: string
  /** Makes the edits; the result takes them back. */
  edit(edits: readonly Edit[]): () => void
  remove(): void
}

const filesOf = (): string[] => {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: repo, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git cannot list the files of the tree: ${stderr}`)
  return stdout.split('\0').filter((file) => file !== '' && file !== 'node_modules')
}

export const copyTree = (): Copy => {
  const folder = mkdtempSync(join(tmpdir(), 'wanglou-mutant-'))
  // some may be listed, and deleted in the working tree
  for (const file of filesOf().filter((each) => existsSync(join(repo, each)))) {
    const to = join(folder, file)
    mkdirSync(dirname(to), { recursive: true })
    cpSync(join(repo, file), to)
  }
  for (const shared of ['node_modules', 'dist'])
    symlinkSync(join(repo, shared), join(folder, shared))
  return {
    folder,
    edit(edits) {
      const before = new Map<string, string>()
      for (const each of edits) {
        const path = join(folder, each.file)
        const text = readFileSync(path, 'utf8')
        if (!before.has(path)) before.set(path, text)
        writeFileSync(path, edited(text, each))
      }
      return () => {
        for (const [path, text] of before) writeFileSync(path, text)
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
