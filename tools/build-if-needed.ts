import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bins, repo, run } from './steps.ts'

const sources = [
  'web/**/*',
  'topics/**/*',
  'protocol/**/*',
  'public/**/*',
  'vite.config.ts',
  'package-lock.json',
]

const changedMs = (file: string): number => statSync(join(repo, file)).mtimeMs

/** Says why the pages must be built, or nothing when what is built is newer than all that it is built from. */
const whyBuild = (): string | undefined => {
  if (!existsSync(join(repo, 'dist/index.html'))) return 'there are no pages yet'
  const builtMs = changedMs('dist/index.html')
  const newer = globSync(sources, { cwd: repo }).find((file) => changedMs(file) > builtMs)
  return newer && `${newer} is newer than the pages`
}

const why = whyBuild()
if (why === undefined) {
  console.log('pages: up to date')
} else {
  const startedMs = performance.now()
  const { ok, output } = await run(process.execPath, [bins.vite, 'build'])
  const took = `${((performance.now() - startedMs) / 1000).toFixed(1)} s`
  console.log(ok ? `pages: built in ${took} (${why})` : `pages: the build failed\n${output}`)
  if (!ok) process.exitCode = 1
}
