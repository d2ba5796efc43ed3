import { type ChildProcess, spawn } from 'node:child_process'
import { bins, repo } from './steps.ts'

const port = process.env.WANGLOU_PORT ?? '8080'
const origins = [
  process.env.WANGLOU_ORIGINS,
  `http://127.0.0.1:${port}`,
  `http://localhost:${port}`,
  `http://[::1]:${port}`,
  'http://127.0.0.1:5173',
  'http://localhost:5173',
]
const env = { ...process.env, WANGLOU_ORIGINS: origins.filter(Boolean).join(',') }

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, args, { cwd: repo, env, stdio: 'inherit' })

const children = [start('--watch', 'server/main.ts'), start(bins.vite)]

/** When one goes, or somebody says so, all go; what does not go in 5 s is killed. */
const end = (code: number) => {
  process.exitCode ??= code
  for (const child of children) child.kill('SIGTERM')
  setTimeout(() => {
    for (const child of children) child.kill('SIGKILL')
  }, 5000).unref()
}

for (const child of children) child.once('exit', (code) => end(code ?? 1))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0))
