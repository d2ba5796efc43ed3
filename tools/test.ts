import { existsSync } from 'node:fs'
import { vectorsFolder } from '../e2e/conformance/vectors-folder.ts'
import { checks } from './check.ts'
import { provideChromium } from './chromium.ts'
import { asOne, bins, type Outcome, report, take, takeAll } from './steps.ts'
import { provideStrace, straceFault } from './strace.ts'

const chromium = async (): Promise<Outcome> => {
  const startedMs = performance.now()
  const { output, ...counts } = asOne(await provideChromium())
  const durationMs = performance.now() - startedMs
  return report({ name: 'chromium', tests: false, ...counts, durationMs }, output)
}

const outcomes = [await take({ name: 'build', args: [bins.vite, 'build'] }), await chromium()]
console.log(
  existsSync(vectorsFolder)
    ? `conformance is checked over the vectors in ${vectorsFolder}`
    : `conformance is not checked: no vectors in ${vectorsFolder} (WANGLOU_VECTORS names another folder)`,
)
await provideStrace()
const noFaults = straceFault()
console.log(noFaults ? `failing disks are not tested: ${noFaults}` : 'failing disks are tested')
// what needs servers and browsers takes about as long as all the rest, one after the other
outcomes.push(
  ...(await takeAll([
    { name: 'end to end', args: [], project: 'e2e', live: true },
    ...checks,
    { name: 'soak', args: ['e2e/soak.ts', '--minutes', '2'], live: true },
  ])),
)

const sum = (key: 'passed' | 'failed' | 'skipped', of = outcomes) =>
  of.reduce((total, outcome) => total + outcome[key], 0)

const steps = outcomes.filter(({ tests }) => !tests)
console.log(`\nEach of these counts as one: ${steps.map(({ name }) => name).join('; ')}`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
if (sum('failed') > 0) process.exitCode = 1
