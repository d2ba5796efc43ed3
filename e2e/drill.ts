import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { definitions } from '#topics/index.ts'
import { provideStrace, straceFault } from '../tools/strace.ts'
import { injectFault, mountSmallDisk } from './broken-disk.ts'
import { launchBrowser, openWall } from './browser.ts'
import { openLine } from './cuttable-line.ts'
import { createFeeder, type Feeder } from './feeder.ts'
import { openProgramScreen } from './program-screen.ts'
import { createServerProcess, freePort } from './server-process.ts'

/**
 * `npm run drill [-- FOLDER [FAULT…]]`: does ten things to a running server and its wall that will be done to them one
 * day, and prints what the wall said, when, and when it stopped saying it. About a quarter of an hour, or only the
 * faults that are named; screenshots go to FOLDER.
 */

const intervalMs = 10_000
const diskMib = 700
const longestMs = 15 * 60_000

interface Line {
  fault: string
  done: string
  said: string
  saidAfterMs: number
  overAfterMs: number
}

const [folder, ...only] = process.argv.slice(2)
const wants = (fault: string): boolean => only.length === 0 || only.includes(fault)
if (folder !== undefined) mkdirSync(folder, { recursive: true })
const log = (sentence: string) => console.error(`drill: ${sentence}`)

const disk = mountSmallDisk(diskMib)
if (!disk) log('a full disk is left out: mounting is not permitted here')
await provideStrace()
const noStrace = straceFault()
if (noStrace) log(`a slow disk is left out: ${noStrace}`)

const linePort = await freePort()
const server = await createServerProcess({
  WANGLOU_MOCK: 'on',
  WANGLOU_ORIGINS: `http://127.0.0.1:${linePort}`,
  ...(disk && { WANGLOU_DATA: disk.folder }),
})
const line = await openLine(linePort, server.port)
const browser = await launchBrowser()

const body = { ...definitions['incident.reported']!.example, level: 4 }
/** A source that reports a call a second; how it goes wrong is its own. */
const sourceOf = (
  name: string,
  spoil: (n: number) => { at?: number; twice?: boolean; bad?: boolean },
) => {
  let isSpoilt = false
  const source = `drill-${name}`
  const feeder = createFeeder(server, {
    source,
    intervalMs,
    lines(n) {
      const { twice = false, bad = false, ...at } = isSpoilt ? spoil(n) : {}
      const report = {
        type: 'incident.reported',
        id: `${source}-${n}`,
        ...at,
        body: { ...body, incident: `${source}-${n % 3}`, ...(bad && { level: 9 }) },
      }
      return twice ? [report, report] : [report]
    },
  })
  return {
    source,
    feeder,
    spoil: (value: boolean) => {
      isSpoilt = value
    },
  }
}

const wallPath = '/?lang=en&screen=hall'
const open = () =>
  openWall(browser, `${line.url}${wallPath}`, { widthPx: 3840, heightPx: 1080, lang: 'en' })

const textOf = async (page: Page, selector: string): Promise<string | null> => {
  const found = page.locator(selector)
  if ((await found.count()) === 0) return null
  return (await found.first().innerText()).replace(/\s+/g, ' ').trim()
}
const faultOf = (page: Page, id: string) => () => textOf(page, `[data-fault="${id}"]`)

/** Waits until `says` says something, then until the mend is done and it says nothing more. */
const watch = async (
  fault: string,
  done: string,
  says: () => Promise<string | null>,
  begin: () => unknown,
  mend: () => unknown,
  whenSaid: (name: string) => unknown = () => {},
): Promise<Line[]> => {
  if (!wants(fault)) return []
  log(`${fault}: ${done}`)
  await begin()
  const beganMs = performance.now()
  let said = await says()
  while (said === null) {
    if (performance.now() - beganMs > longestMs) throw new Error(`${fault}: the wall says nothing`)
    await sleep(200)
    said = await says()
  }
  const saidAfterMs = performance.now() - beganMs
  log(`${fault}: said after ${(saidAfterMs / 1000).toFixed(1)} s: ${said}`)
  await whenSaid(fault)
  await mend()
  const mendedMs = performance.now()
  while ((await says()) !== null) {
    if (performance.now() - mendedMs > longestMs) throw new Error(`${fault}: never over`)
    await sleep(200)
  }
  const overAfterMs = performance.now() - mendedMs
  log(`${fault}: over after ${(overAfterMs / 1000).toFixed(1)} s`)
  return [{ fault, done, said, saidAfterMs, overAfterMs }]
}

const drill = async (): Promise<Line[]> => {
  await server.start()
  const health = async () =>
    (await (await fetch(`${server.url}/healthz`)).json()) as { seq: number; status: string }
  while ((await health()).seq < 150_000) await sleep(1000)
  await sleep(15_000)
  const wall = await open()
  const { page } = wall
  const keeper = openProgramScreen(server.url, server.token)
  const shoot = async (name: string) => {
    if (folder === undefined) return
    await sleep(3000)
    await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`) })
  }

  const silent = sourceOf('silent', () => ({}))
  const late = sourceOf('late', () => ({ at: Date.now() - 20 * 60_000 }))
  const doubled = sourceOf('doubled', () => ({ twice: true }))
  const rubbish = sourceOf('rubbish', (n) => ({ bad: n % 2 === 0 }))
  const clock = sourceOf('clock', () => ({ at: Date.now() + 3_600_000 }))
  const all = [silent, late, doubled, rubbish, clock]
  const feeders: Feeder[] = all.map(({ feeder }) => feeder)
  for (const feeder of feeders) feeder.start()
  await sleep(20_000)

  const spoilt = (
    fault: string,
    done: string,
    kind: string,
    { source, spoil }: ReturnType<typeof sourceOf>,
    keptMs: number,
  ) =>
    watch(
      fault,
      done,
      faultOf(page, `${kind}:${source}`),
      () => spoil(true),
      async () => {
        await sleep(keptMs)
        spoil(false)
      },
    )
  // their faults look ten minutes back, so they go on beside the others
  const slow = Promise.all([
    spoilt('source late', 'events 20 minutes old', 'late', late, 60_000),
    spoilt('source doubled', 'every event twice', 'doubled', doubled, 60_000),
    spoilt('source rubbish', 'every second line refused', 'rubbish', rubbish, 60_000),
    spoilt("source's clock an hour off", 'events an hour ahead', 'clock', clock, 60_000),
  ])
  slow.catch(() => {})

  const lines: Line[] = []
  lines.push(
    ...(await watch(
      'source silent',
      `not a word, promised every ${intervalMs / 1000} s`,
      faultOf(page, `silent:${silent.source}`),
      () => silent.feeder.stop(),
      () => silent.feeder.start(),
      shoot,
    )),
  )
  const notRecording = () => textOf(page, '[data-notice="not-recording"]')
  if (disk) {
    const filler = join(disk.folder, 'filler')
    lines.push(
      ...(await watch(
        'disk full',
        'the data folder filled to its last byte',
        notRecording,
        () => {
          const { bavail, bsize } = statfsSync(disk.folder)
          spawnSync(
            'dd',
            [
              'if=/dev/zero',
              `of=${filler}`,
              'bs=1M',
              `count=${Math.ceil((bavail * bsize) / 2 ** 20) + 1}`,
            ],
            { stdio: 'ignore' },
          )
        },
        () => rmSync(filler),
        shoot,
      )),
    )
  }
  if (!noStrace) {
    let release: (() => Promise<void>) | null = null
    lines.push(
      ...(await watch(
        'disk slow',
        'every sync takes 2 s',
        faultOf(page, 'disk-slow'),
        async () => {
          release = await injectFault(server.pid!, 'fsync,fdatasync:delay_enter=2000000')
        },
        () => release?.(),
      )),
    )
  }
  const lost = () => textOf(page, '[data-notice="lost"]')
  lines.push(
    ...(await watch(
      'socket cut',
      'packets dropped both ways',
      lost,
      () => line.stall(),
      () => line.mend(),
    )),
  )
  lines.push(
    ...(await watch(
      'page blocked',
      'its thread kept busy for 60 s; another screen says it',
      async () => {
        const found = keeper.link.faults.find(({ id }) => id === 'screen:hall')
        return found?.message ?? null
      },
      () => {
        void page
          .evaluate((ms) => {
            setTimeout(() => {
              const until = performance.now() + ms
              while (performance.now() < until);
            }, 0)
          }, 60_000)
          .catch(() => {})
      },
      () => {},
    )),
  )
  lines.push(...(await slow).flat())
  lines.push(
    ...(await watch(
      'server killed',
      'kill -9, started again when the wall had said so',
      lost,
      () => server.end('SIGKILL'),
      () => server.start(),
    )),
  )
  await Promise.all(feeders.map((feeder) => feeder.stop()))
  keeper.stop()
  await wall.close()
  return lines
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 60_000 ? 1 : 0)} s`

try {
  const lines = await drill()
  const table = [
    '| fault | what was done | what the wall said | said after | over after the mend |',
    '|---|---|---|---|---|',
    ...lines.map(
      ({ fault, done, said, saidAfterMs, overAfterMs }) =>
        `| ${fault} | ${done} | ${said} | ${seconds(saidAfterMs)} | ${seconds(overAfterMs)} |`,
    ),
  ].join('\n')
  console.log(`${table}\n\n${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`)
  if (folder !== undefined) writeFileSync(join(folder, 'drill.md'), `${table}\n`)
} catch (fault) {
  log(String(fault))
  log(`the server's last words:\n${server.output().slice(-3000)}`)
  process.exitCode = 1
} finally {
  line.close()
  await browser.close()
  await server.end('SIGKILL')
  // what is mounted is emptied by that, and cannot be removed before
  disk?.unmount()
  await server.remove()
}
