import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const guard = join(import.meta.dirname, 'node-version.cjs')

const runAs = (node: string) =>
  spawnSync(process.execPath, [
    '-e',
    `Object.defineProperty(process, 'versions', { value: { node: '${node}' } }); require(${JSON.stringify(guard)})`,
  ])

test.each(['18.20.8', '20.20.2', '23.99.0', '24.14.9'])(
  'Node %s is stopped with one sentence',
  (node) => {
    const { status, stderr } = runAs(node)
    expect(status).toBe(1)
    expect(String(stderr)).toMatch(/^Wanglou needs Node 24\.15 or newer and this is .+\.\n$/)
  },
)

test.each(['24.15.0', '24.21.0', '26.0.0'])('Node %s is let through', (node) => {
  const { status, stderr } = runAs(node)
  expect(status).toBe(0)
  expect(String(stderr)).toBe('')
})
