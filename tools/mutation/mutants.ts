import type { Mutant } from './mutant.ts'

const unit = (...files: string[]): Mutant['tests'] => ({ project: 'unit', files })
const broken = (id: string): Mutant['tests'] => ({
  project: 'e2e',
  files: ['e2e/break.test.ts'],
  named: id.replace('.', '\\.'),
})
const simulated = unit('e2e/simulation/schedule.test.ts')

/** Places that matter, each broken as a hurried hand might break it. `npm run mutate` shows that the tests notice. */
export const mutants: readonly Mutant[] = [
  {
    name: 'ack-before-sync',
    promise: 'P1: an acknowledgement follows the sync that covers its record',
    edits: [
      {
        file: 'server/journal/sqlite-store.ts',
        find: "        db.exec('COMMIT')\n",
        replace: "        queueMicrotask(() => db.exec('COMMIT'))\n",
      },
    ],
    tests: broken('T1.2b'),
  },
  {
    name: 'no-sync',
    promise: 'P1: what is acknowledged survives a power cut',
    edits: [
      {
        file: 'server/journal/sqlite-store.ts',
        find: 'PRAGMA synchronous=FULL',
        replace: 'PRAGMA synchronous=OFF',
      },
      { file: 'server/journal/sqlite-store.ts', find: 'sync !== 2', replace: 'sync !== 0' },
    ],
    tests: broken('T1.2b'),
  },
  {
    name: 'no-lock',
    promise: 'P1: one journal has one writer',
    edits: [
      {
        file: 'server/journal/sqlite.ts',
        find: 'const unlock = lockFolder(folder)',
        replace: 'const unlock = (_ = lockFolder) => {}',
      },
    ],
    tests: unit('server/journal/journal.test.ts'),
  },
  {
    name: 'conflict-taken-for-duplicate',
    promise: 'P2: an id names one event for ever',
    edits: [
      {
        file: 'server/journal/sqlite-store.ts',
        find: "isSame ? 'duplicate' : 'id-conflict'",
        replace: "isSame ? 'duplicate' : 'duplicate'",
      },
    ],
    tests: unit('server/journal/journal.test.ts'),
  },
  {
    name: 'chain-without-flags',
    promise: 'S18: what is journaled cannot be altered unseen',
    edits: [
      {
        file: 'server/journal/chain.ts',
        find: '.flags},"id"',
        replace: '.flags.slice(0, 0)},"id"',
      },
    ],
    tests: unit('server/journal'),
  },
  {
    name: 'checkpoint-one-ahead',
    promise: 'P1: a restart folds every event once',
    edits: [
      {
        file: 'server/projection/projection.ts',
        find: '      of = { seq, hash }\n      yield*',
        replace: '      of = { seq: seq + 1, hash }\n      yield*',
      },
    ],
    tests: unit('server/projection'),
  },
  {
    name: 'resume-drops-a-frame',
    promise: 'P2: a resume gives all that was missed, or a snapshot',
    edits: [
      {
        file: 'server/feed/shared-frames.ts',
        find: 'return bytes <= catchUpBytesAtMost ? frames : null',
        replace: 'return bytes <= catchUpBytesAtMost ? frames.slice(0, -1) : null',
      },
    ],
    tests: simulated,
  },
  {
    name: 'resume-on-another-epoch',
    promise: 'P2: nobody resumes on another history',
    edits: [
      {
        file: 'server/feed/hub.ts',
        find: 'resume !== undefined && epoch.isShared(resume.epoch, resume.seq)',
        replace: 'resume !== undefined',
      },
    ],
    tests: simulated,
  },
  {
    name: 'snapshot-ahead-of-its-seq',
    promise: 'P2: no event is folded twice after a snapshot',
    edits: [
      {
        file: 'server/feed/shared-frames.ts',
        find: '    const seq = headSeq\n',
        replace: '    const seq = Math.max(0, headSeq - 1)\n',
      },
    ],
    tests: simulated,
  },
  {
    name: 'client-takes-a-gap',
    promise: 'P2: a screen notices what it has missed',
    edits: [
      {
        file: 'web/feed/client.ts',
        find: 'if (message.from > link.seq) return missed()',
        replace: 'if (message.from > link.seq + 1e9) return missed()',
      },
      {
        file: 'web/feed/client.ts',
        find: 'message.from !== link.seq + 1',
        replace: 'message.from < link.seq + 1',
      },
    ],
    tests: simulated,
  },
  {
    name: 'cap-ignored',
    promise: 'P3: memory per client is bounded',
    edits: [
      {
        file: 'server/feed/session.ts',
        find: 'if (isOver(1)) overSinceMs ??= clock.monotonic()',
        replace: 'if (isOver(1e9)) overSinceMs ??= clock.monotonic()',
      },
      {
        file: 'server/feed/session.ts',
        find: 'const atOnceFactor = 8',
        replace: 'const atOnceFactor = 1e9',
      },
    ],
    tests: unit('server/feed/hub.test.ts'),
  },
  {
    name: 'fold-reads-the-clock',
    promise: 'P2: state is the fold of the journal and of nothing else',
    edits: [
      {
        file: 'topics/incidents/incidents.ts',
        find: 'state.clockMs = Math.max(state.clockMs, event.seenAt)',
        replace: 'state.clockMs = Math.max(state.clockMs, Date.now())',
      },
    ],
    tests: simulated,
  },
  {
    name: 'silence-looks-live',
    promise: 'P6: nothing frozen looks live',
    edits: [
      {
        file: 'web/store/freshness.ts',
        find: "if (silent.length > 0) return 'silent'",
        replace: "if (silent.length > 1) return 'silent'",
      },
    ],
    tests: unit('web/store/freshness.test.ts'),
  },
  {
    name: 'lost-link-looks-live',
    promise: 'P6: a wall that hears nothing says so',
    edits: [
      {
        file: 'web/feed/client.ts',
        find: "      oldFromMs ??= options.monotonic()\n      enter('lost')\n",
        replace: '      oldFromMs ??= options.monotonic()\n',
      },
    ],
    tests: unit('web', 'e2e/simulation'),
  },
  {
    name: 'late-event-by-its-own-clock',
    promise: 'P7: a clock that is wrong is not believed',
    edits: [
      {
        file: 'server/ingest/check.ts',
        find: "if (isBehind || at > seenAt + aheadAtMostMs) flags.push('clockSuspect')",
        replace: "if (isBehind) flags.push('clockSuspect')",
      },
    ],
    tests: unit('server/ingest/check.test.ts', 'e2e/simulation/time.test.ts'),
  },
  {
    name: 'phone-not-masked',
    promise: 'Boundary: numbers of persons are masked before anything is journaled',
    edits: [
      {
        file: 'server/ingest/find-numbers.ts',
        find: ', phones),',
        replace: ', phones.slice(1)),',
      },
    ],
    tests: unit('server/ingest/mask.test.ts'),
  },
  {
    name: 'visitor-sees-the-wall',
    promise: 'S16: the server stops sending what an audience may not have',
    edits: [
      {
        file: 'server/feed/shared-frames.ts',
        find: 'redact(projection.states.get(name), audience)',
        replace: "redact(projection.states.get(name), 'wall')",
      },
    ],
    tests: unit('server/feed/hub.test.ts'),
  },
  {
    name: 'four-shown-as-four',
    promise: 'S16: fewer than five are not told',
    edits: [
      {
        file: 'protocol/small-counts.ts',
        find: 'count < smallCount\n',
        replace: 'count < smallCount - 1\n',
      },
    ],
    tests: unit('protocol/small-counts.test.ts', 'topics/laws.test.ts'),
  },
  {
    name: 'origin-by-its-beginning',
    promise: 'S2: a foreign page opens no feed',
    edits: [
      {
        file: 'server/feed/handshake.ts',
        find: '!options.origins.includes(origin)',
        replace: '!options.origins.some((each) => origin.startsWith(each))',
      },
    ],
    tests: unit('server/feed/handshake.test.ts'),
  },
  {
    name: 'refused-line-dropped',
    promise: 'What is refused is kept in quarantine, never dropped in silence',
    edits: [
      {
        file: 'server/http/ingest-route.ts',
        find: 'await core.quarantine.keep(toKeep)',
        replace: 'await core.quarantine.keep(toKeep.slice(1))',
      },
    ],
    tests: unit('server/http/quarantine-routes.test.ts'),
  },
]
