import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { type Breach, readSources, sourceRules } from './fences-source.ts'

const repo = resolve(import.meta.dirname, '..')
const options = await extractDepcruiseOptions(join(repo, '.dependency-cruiser.mjs'))

const folders = ['protocol', 'topics', 'server', 'web', 'mock', 'operate', 'tools', 'e2e', 'bench']

/** What each rule says, by name. */
export const fenceRules: ReadonlyMap<string, string> = new Map([
  ...(options.ruleSet?.forbidden ?? []).map(({ name = '', comment = '' }): [string, string] => [
    name,
    comment,
  ]),
  ...Object.entries(sourceRules),
])

/** Checks every import of the tree at `root` against `.dependency-cruiser.mjs`. */
export const checkFences = async (root: string): Promise<{ files: number; breaches: Breach[] }> => {
  const present = folders.filter((folder) => existsSync(join(root, folder)))
  const { output } = await cruise(present, { ...options, baseDir: root })
  if (typeof output === 'string') throw new Error(output)
  const files = output.modules
    .map(({ source }) => source)
    .filter((file) => folders.includes(file.split('/', 1)[0] ?? '') && /\.(ts|vue)$/.test(file))
  if (files.length === 0) throw new Error(`no file to check in ${root}`)
  const imports = output.summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
  }))
  return { files: files.length, breaches: [...imports, ...readSources(root, files)] }
}

if (import.meta.main) {
  const { files, breaches } = await checkFences(repo)
  for (const { rule, from, to } of breaches) {
    console.error(`${from} → ${to}\n  ${rule}: ${fenceRules.get(rule)}`)
  }
  console.log(`fences: ${files} files, ${fenceRules.size} rules, ${breaches.length} breaches`)
  if (breaches.length > 0) process.exitCode = 1
}
