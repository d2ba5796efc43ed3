import { openLine } from '../cuttable-line.ts'
import { openProgramScreen } from '../program-screen.ts'
import { freePort } from '../server-process.ts'
import { waitFor } from '../wait-for.ts'
import { assertAtHead } from './at-head.ts'
import type { Break } from './break.ts'
import { onServer } from './on-server.ts'

const reapedWithinS = 33
const noticedWithinS = 10
/** Beyond this it hangs, however busy the machine is. */
const hangsAfterMs = 120_000

export const halfOpen: Break = {
  id: 'T3.3',
  title: 'every packet between five screens and the server is dropped, and nobody is told',
  isSeeded: false,
  run: ({ isShort }) =>
    onServer({}, async (server, own) => {
      const line = await openLine(await freePort(), server.port)
      own({ stop: () => line.close() })
      const screens = Array.from({ length: 5 }, () =>
        own(openProgramScreen(line.url, server.token)),
      )
      await assertAtHead(server, screens)
      const clients = async () => (await (await fetch(`${server.url}/healthz`)).json()).clients
      const startMs = performance.now()
      const sinceS = () => (performance.now() - startMs) / 1000
      line.stall()
      await waitFor(
        'every screen says so',
        () => screens.every(({ link }) => link.state === 'lost'),
        hangsAfterMs,
      )
      const noticedS = sinceS()
      // in CI the server's own clock is a simulated one for this: server/feed/sockets.test.ts
      if (!isShort)
        await waitFor(
          'the server has reaped them',
          async () => (await clients()) === 0,
          hangsAfterMs,
        )
      const reapedS = sinceS()
      line.mend()
      await assertAtHead(server, screens, hangsAfterMs)
      const missed = [
        ...(noticedS > noticedWithinS ? [`noticed after ${noticedS.toFixed(1)} s`] : []),
        ...(!isShort && reapedS > reapedWithinS + 0.5
          ? [`reaped after ${reapedS.toFixed(1)} s`]
          : []),
      ]
      return {
        runs: screens.length,
        figures:
          `the screens noticed within ${noticedS.toFixed(1)} s (≤ 10 s), ` +
          (isShort
            ? 'reaping left to the long form'
            : `the server reaped them within ${reapedS.toFixed(1)} s (≤ 33 s)`) +
          '; all came back whole',
        missed,
      }
    }),
}
