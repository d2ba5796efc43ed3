import { type Bench, inTurns, medianOf, type Row, ratioOf } from '../bench.ts'
import { growthRow, type Step } from './growth.ts'
import { startRig } from './rig.ts'
import { bytesOf, type Size, sizes, ways } from './ways.ts'

/** How many messages a burst has, and how far apart: the hub gathers for 20 ms, and what is told must arrive meanwhile. */
const paces = [
  { clients: 10, messages: 40, everyMs: { '200 B': 25, '20 KB': 25 } },
  { clients: 50, messages: 30, everyMs: { '200 B': 25, '20 KB': 30 } },
  { clients: 200, messages: 20, everyMs: { '200 B': 30, '20 KB': 50 } },
  { clients: 1000, messages: 8, everyMs: { '200 B': 80, '20 KB': 200 } },
]

const shortPace = { ...paces[0]!, messages: 8 }

/** Told before the first figure of a size: by then the engine has compiled what a server that runs has compiled. */
const warmUpMessages = 300

export const fanOut: Bench = {
  name: 'fan-out',
  question: 'What does the server’s processor spend on one message that reaches one client?',
  async run({ rounds, isShort, tell }) {
    const rows: Row[] = []
    const steps: Record<Size, Step[]> = { '200 B': [], '20 KB': [] }
    const dialects = Object.fromEntries(Object.entries(ways).map(([n, way]) => [n, way.dialect]))
    const rig = await startRig<Size>(new URL('./serve.ts', import.meta.url), dialects, bytesOf)
    try {
      for (const { clients, messages, everyMs } of isShort ? [shortPace] : paces) {
        await rig.open(clients)
        for (const size of Object.keys(sizes) as Size[]) {
          tell(`${clients} clients, ${size}`)
          const isWarm = isShort || clients > paces[0]!.clients
          const burst = { of: size, messages, everyMs: everyMs[size] }
          await rig.warmUp({ ...burst, messages: isWarm ? burst.messages : warmUpMessages })
          for (const name of Object.keys(ways)) rig.takeVoids(name)
          const sides = await inTurns(
            Object.fromEntries(
              Object.keys(ways).map((name) => [
                name,
                async () => (await rig.burst(name, burst)) / (messages * clients),
              ]),
            ),
            rounds,
          )
          const side = (name: string) => sides.find((each) => each.name === name)!
          const ofFloor = ratioOf(side('ours'), side('floor'))
          const ofMade = ratioOf(side('ours'), side('floor, buffer made beforehand'))
          const isBelow = medianOf(side('ours').rounds) < medianOf(side('Socket.IO').rounds)
          const perMessage = sides.map(({ name, rounds: each }) => {
            return { name, rounds: each.map((us) => us * clients) }
          })
          steps[size].push({ size: clients, sides: perMessage })
          rows.push({
            case: `${clients} clients, ${size}`,
            unit: 'µs/message',
            sides: sides.map((each) => ({ ...each, voids: rig.takeVoids(each.name) })),
            target: isShort
              ? null
              : {
                  says:
                    `≤ 1.3 × the floor, one JSON.stringify a message in it (${ofFloor.toFixed(2)} ×; ` +
                    `${ofMade.toFixed(2)} × the buffer made beforehand), below Socket.IO`,
                  isMet: ofFloor <= 1.3 && isBelow,
                },
          })
        }
      }
    } finally {
      rig.end()
    }
    if (isShort) return rows
    const growths = Object.entries(steps).map(([size, each]) =>
      growthRow(`one message of ${size}, over 10–1,000 clients`, each),
    )
    return [...rows, ...growths]
  },
}
