import type { Fault } from '#protocol/feed.ts'
import { type Feed, type FeedHealth, faultsOf, type Raised } from './feed.ts'
import type { FeedFault } from './feed-health.codes.ts'

const secondsOf = (ms: number | undefined): string => `${Math.round((ms ?? 0) / 1000)} s`

interface Telling {
  severity: Fault['severity']
  message(source: string, raised: Raised, feed: Feed): string
  tip: string
}

const tellings: Record<FeedFault, Telling> = {
  silent: {
    severity: 'warning',
    message: (source, _, { declared }) =>
      `${source} is silent: it promised a word every ${secondsOf(declared?.intervalMs)}`,
    tip: 'Look whether the system runs and its line stands. If it has been switched off for good, retire it: POST /ingest/alive {"source": …, "retired": true}.',
  },
  clock: {
    severity: 'warning',
    message: (source, { count = 0, lines = 0 }) =>
      `the clock of ${source} is wrong: ${count} of its last ${lines} events lie ahead of time or a day back`,
    tip: 'Set the clock of that system; what it sent meanwhile is counted by when it arrived.',
  },
  late: {
    severity: 'warning',
    message: (source, { lagMs, limitMs }) =>
      `${source} is late: its events take ${secondsOf(lagMs)}, at most ${secondsOf(limitMs)} is usual; the line is slow or its clock is behind`,
    tip: 'Compare the clock of that system with the clock on the wall; if it is right, look at its line and its queue.',
  },
  rubbish: {
    severity: 'warning',
    message: (source, { count = 0, lines = 0 }) =>
      `${count} of the last ${lines} lines of ${source} were refused`,
    tip: 'The answer to each sending names line, field and reason: mend them at the source and send them again.',
  },
  doubled: {
    severity: 'warning',
    message: (source, { count = 0, lines = 0 }) =>
      `${source} sends twice: ${count} of its last ${lines} lines were known already`,
    tip: 'Nothing is counted twice. Look for a second sender with the same name, or one that never gets its answers.',
  },
}

/** What is wrong with the sources now. */
export const faultList = (state: FeedHealth): Fault[] => {
  const list: Fault[] = []
  for (const feed of state.feeds.values()) {
    for (const [fault, raised] of faultsOf(feed)) {
      const { severity, message, tip } = tellings[fault]
      const id = `${fault}:${feed.source}`
      const { since } = raised
      list.push({ id, severity, message: message(feed.source, raised, feed), tip, since })
    }
  }
  return list
}
