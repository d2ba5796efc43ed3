import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { mockSources } from '#mock/sources.ts'
import { machine } from '../bench/report.ts'
import { launchBrowser, openWall } from './browser.ts'
import { bulkEvent } from './load.ts'
import { openProgramScreen } from './program-screen.ts'
import { createServerProcess } from './server-process.ts'
import { isBackAt, type Sample, tableOf, verdictsOf } from './soak/account.ts'
import { churn } from './soak/churn.ts'
import { journalDifferences } from './soak/journal-oracle.ts'
import { countWebGl, watchPage } from './soak/page-counts.ts'
import { plants } from './soak/plants.ts'
import { askServer } from './soak/server-counts.ts'
import { waitFor } from './wait-for.ts'

/**
 * `npm run soak [-- --minutes 10 --speed 20 --plant LEAK]`: the server with its mock in haste, a real page and two
 * program screens; what each holds is looked at all the time, and must not grow. 1 when something does.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    speed: { type: 'string', default: '20' },
    plant: { type: 'string' },
  },
})
const minutes = Number(values.minutes)
const speed = Number(values.speed)
const plant = values.plant === undefined ? null : plants[values.plant]
if (!(minutes >= 1) || !(speed >= 1) || plant === undefined) {
  console.error(
    `soak: --minutes and --speed from 1; --plant one of ${Object.keys(plants).join(', ')}`,
  )
  process.exit(2)
}
const runMs = minutes * 60_000
/** fonts, shaders and compiled code come with the first pictures */
const warmUpMs = Math.min(300_000, runMs / 4)
const everyMs = minutes > 5 ? 15_000 : 10_000

/** Faults that are facts about this machine, which others may be busy on. */
const ofSpeed = /^(disk-slow$|late:|silent:|screen:)/
/** What a page logs when its socket was let go; it comes back by itself. */
const ofSocket = /WebSocket connection/

const faults: string[] = []
const tell = (line: string) => console.error(`soak: ${line}`)
const folder = mkdtempSync(join(tmpdir(), 'wanglou-soak-'))
const collect = fileURLToPath(new URL('./soak/collect.ts', import.meta.url))

/** What ends what was started, in the order in which it was. */
const closers: (() => unknown)[] = []
try {
  // a journal that is not empty needs a day of history and not four weeks
  const first = await createServerProcess({ WANGLOU_DATA: folder })
  closers.push(() => first.remove())
  await first.start()
  await first.post([bulkEvent('soak', 'soak')])
  await first.end('SIGTERM')

  const server = await createServerProcess({
    WANGLOU_DATA: folder,
    WANGLOU_MOCK: 'on',
    WANGLOU_MOCK_SPEED: String(speed),
    NODE_OPTIONS: `--import ${collect}`,
  })
  closers.push(() => server.remove())
  const browser = await launchBrowser()
  closers.push(() => browser.close())
  await server.start()
  const screens = [1, 2].map(() => openProgramScreen(server.url, server.token))
  // throws what its standing checker has counted
  for (const screen of screens) closers.push(() => screen.stop())
  const wall = await openWall(
    browser,
    `${server.url}/?screen=soak`,
    { widthPx: 1920, heightPx: 1080, lang: 'zh-CN' },
    async (page) => {
      await countWebGl(page)
      await plant?.(page)
    },
  )
  const look = await watchPage(browser, wall.page)
  const askHealth = async () =>
    (await (await fetch(`${server.url}/healthz`)).json()) as { faults: { id: string }[] }

  /** A server that is busy makes garbage at once again: the least of a few looks is what it holds. */
  const askCollected = async () => {
    const looks = []
    for (let n = 0; n < 3; n++) {
      process.kill(server.pid!, 'SIGWINCH')
      await sleep(100)
      looks.push(await askServer(server.url))
    }
    return looks.reduce((least, each) => (each.heapBytes < least.heapBytes ? each : least))
  }

  await waitFor(
    'every source of the mock has spoken and its history is told',
    async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text()
      const declared = Number(/^wanglou_sources_declared (\d+)/m.exec(text)?.[1])
      const sentFixes = /^wanglou_ingest_fixes_total\{.*\} [1-9]/m.test(text)
      return declared === mockSources.length && sentFixes
    },
    240_000,
  )
  const expectNoFaults = async () => {
    for (const { id } of (await askHealth()).faults) {
      if (ofSpeed.test(id)) tell(`/healthz tells of ${id}`)
      else faults.push(`/healthz tells of a fault: ${id}`)
    }
  }
  await expectNoFaults()

  const startedMs = performance.now()
  const samples: Sample[] = []
  tell(`live at ${speed} ×, for ${minutes} min`)
  while (performance.now() - startedMs < runMs) {
    await sleep(everyMs)
    const page = await look()
    const stateBytes = JSON.stringify(screens[0]!.encoded()).length
    const sample = {
      atMs: performance.now() - startedMs,
      page,
      server: await askCollected(),
      stateBytes,
    }
    samples.push(sample)
    if (samples.length % 6 === 0) tell(`${Math.round(sample.atMs / 1000)} s`)
  }
  const counted = samples.filter(({ atMs }) => atMs >= warmUpMs)
  const before = samples.at(-1)!.page
  const churns = await churn(wall.page, Math.min(300_000, runMs / 6))
  let after = await look()
  // what is still on its way to be let go goes; what leaks stays
  for (let tries = 0; tries < 15 && !isBackAt(before, after); tries++) {
    await sleep(2000)
    after = await look()
  }

  const verdicts = verdictsOf(counted, { speed, before, after, churns })
  for (const { name, isKept, says } of verdicts) if (!isKept) faults.push(`${name}: ${says}`)
  console.log(tableOf(verdicts, `${minutes} min at ${speed} × on ${machine()}`))
  for (const { link } of screens) {
    if (link.gap + link.dup + link.reorder > 0)
      faults.push(`a program screen: ${JSON.stringify(link)}`)
    if (link.reconnects > 0) tell(`a program screen came back ${link.reconnects} times`)
  }
  for (const fault of wall.faults) {
    if (ofSocket.test(fault)) tell(`the page: ${fault}`)
    else faults.push(fault)
  }
  faults.push(...(await journalDifferences(wall.page, server)))
  await expectNoFaults()
} catch (fault) {
  faults.push(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))
}
for (const close of closers.reverse()) {
  try {
    await close()
  } catch (fault) {
    faults.push(String(fault))
  }
}
for (const fault of faults) console.log(`FAILED: ${fault}`)
process.exit(faults.length > 0 ? 1 : 0)
