import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkFences, fenceRules } from './fences.ts'

type Tree = Record<string, string>

const trees: string[] = []
afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true })
})

const plant = (files: Tree): string => {
  const root = mkdtempSync(join(tmpdir(), 'fences-'))
  trees.push(root)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

const sides = ['protocol', 'topics', 'server', 'web', 'mock']
const declared = ['zod', 'vue', 'vue-i18n', '@deck.gl/core', 'hono', 'ws', 'pinia', 'echarts']
const installed = [...declared, 'stray']

const house: Tree = {
  'package.json': JSON.stringify({
    name: 'house',
    type: 'module',
    imports: Object.fromEntries(sides.map((side) => [`#${side}/*`, `./${side}/*`])),
    dependencies: Object.fromEntries(declared.map((name) => [name, '1.0.0'])),
  }),
  ...Object.fromEntries(
    installed.flatMap((name) => [
      [
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }),
      ],
      [`node_modules/${name}/index.js`, 'export {}'],
    ]),
  ),
}

const vue = (script: string) =>
  `<script setup lang="ts">\n${script}\n</script>\n<template><p /></template>\n`

/** Everything that the table allows; every other case is one line more than this. */
const clean: Tree = {
  ...house,
  'protocol/event.ts': "import 'zod'",
  'protocol/feed.ts': "import './event.ts'",
  'topics/index.ts': "import './fires/fires.ts'\nimport './fires/fires.events.ts'",
  'topics/laws.test.ts': "import 'node:fs'\nimport './index.ts'",
  'topics/fires/fires.codes.ts': '',
  'topics/fires/fires.events.ts':
    "import 'zod'\nimport './fires.codes.ts'\nimport '#protocol/event.ts'",
  'topics/fires/fires.ts':
    "import '#protocol/event.ts'\nimport './fires.codes.ts'\nimport type { A } from './fires.events.ts'\nimport type { B } from '../floods/floods.events.ts'\nimport type { z } from 'zod'",
  'topics/fires/fires.panel.vue': vue(
    "import 'vue'\nimport 'vue-i18n'\nimport './fires.ts'\nimport './fires.row.vue'\nimport '#web/store/store.ts'\nimport '#web/kit/panel.vue'",
  ),
  'topics/fires/fires.row.vue': vue(''),
  'topics/fires/fires.layer.ts':
    "import '@deck.gl/core'\nimport './fires.ts'\nimport '#web/store/store.ts'",
  'topics/fires/fires.mock.ts':
    "import './fires.events.ts'\nimport './fires.codes.ts'\nimport '#mock/random.ts'",
  'topics/fires/fires.scenes.ts': "import '#protocol/event.ts'",
  'topics/fires/fires.test.ts':
    "import './fires.events.ts'\nimport './fires.mock.ts'\nimport 'node:fs'",
  'topics/floods/floods.events.ts': '',
  'topics/floods/floods.ts': '',
  'topics/floods/floods.codes.ts': '',
  'topics/floods/floods.panel.vue': vue(''),
  'topics/floods/floods.mock.ts': '',
  'server/main.ts': "import './assemble.ts'\nimport 'node:fs'",
  'server/assemble.ts':
    "import './journal/journal.ts'\nimport './http/routes.ts'\nimport './feed/hub.ts'\nimport '#topics/index.ts'\nimport '#protocol/event.ts'",
  'server/world.ts': "import '#protocol/event.ts'",
  'server/journal/journal.ts':
    "import '#protocol/event.ts'\nimport '../world.ts'\nimport 'node:fs'",
  'server/ingest/door.ts':
    "import '#protocol/event.ts'\nimport '#topics/index.ts'\nimport '../journal/journal.ts'\nimport '../world.ts'",
  'server/ingest/mask.ts': '',
  'server/quarantine/keep.ts':
    "import '#protocol/event.ts'\nimport '../ingest/mask.ts'\nimport '../world.ts'\nimport 'node:sqlite'",
  'server/projection/fold.ts': "import '#topics/index.ts'\nimport '../journal/journal.ts'",
  'server/tracks/lane.ts': "import '#protocol/event.ts'\nimport '../world.ts'",
  'server/reaction/reactor.ts':
    "import '#protocol/event.ts'\nimport '../journal/journal.ts'\nimport '../projection/fold.ts'\nimport '../tracks/lane.ts'",
  'server/feed/hub.ts':
    "import '../projection/fold.ts'\nimport '../journal/journal.ts'\nimport '../tracks/lane.ts'\nimport 'ws'",
  'server/http/routes.ts':
    "import 'hono'\nimport '../ingest/door.ts'\nimport '../projection/fold.ts'\nimport '../journal/journal.ts'\nimport '../feed/hub.ts'\nimport '../quarantine/keep.ts'\nimport '#protocol/feed.ts'",
  'server/journal/journal.test.ts': "import '../ingest/door.ts'",
  'web/main.ts':
    "import '#topics/index.ts'\nimport './wall/wall.vue'\nimport 'pinia'\nimport './main.css'",
  'web/main.css': '',
  'web/feed/client.ts': "import '#protocol/feed.ts'",
  'web/store/store.ts':
    "import '../feed/client.ts'\nimport '#protocol/event.ts'\nimport 'vue'\nimport 'pinia'",
  'web/kit/panel.vue': vue("import 'vue'\nimport 'echarts'\nimport '#protocol/event.ts'"),
  'web/wall/wall.vue': vue(
    "import '../store/store.ts'\nimport '../kit/panel.vue'\nimport '#topics/fires/fires.panel.vue'\nconst found = import.meta.glob('../../topics/*/*.panel.vue')",
  ),
  'web/console/console.vue': vue("import '../feed/client.ts'"),
  'web/gallery/gallery.ts': "import '#topics/fires/fires.scenes.ts'",
  'mock/random.ts': '',
  'mock/main.ts': "import '#topics/fires/fires.mock.ts'\nimport './random.ts'\nimport 'node:fs'",
  'mock/replay.ts': "import '#protocol/event.ts'",
  'operate/backup.ts': "import '../server/journal/journal.ts'\nimport 'node:fs'",
  'tools/look.ts': "import '../server/main.ts'\nimport '../web/main.ts'",
  'e2e/whole.test.ts': "import '../server/main.ts'\nimport '../mock/main.ts'",
}

/** `[rule, file, what stands in it]`; `vue(…)` where the file is a component. */
const cases: [rule: string, file: string, text: string][] = [
  ['no-circle', 'protocol/ring.ts', "import './ring.ts'"],
  ['no-circle', 'web/kit/ring.ts', "import type { A } from './ring.ts'"],
  ['no-unresolvable', 'protocol/lost.ts', "import './nowhere.ts'"],
  ['no-unresolvable', 'web/wall/lost.ts', "import '#web/nowhere.ts'"],
  ['packages-are-declared', 'server/http/stray.ts', "import 'stray'"],
  ['tests-are-nobodys', 'server/http/probe.ts', "import '../journal/journal.test.ts'"],
  ['tools-are-nobodys', 'server/tooled.ts', "import '../tools/look.ts'"],
  ['commands-are-nobodys', 'server/kept.ts', "import '../operate/backup.ts'"],
  ['operate-keeps-the-folder', 'operate/a.ts', "import '../server/feed/hub.ts'"],
  ['operate-keeps-the-folder', 'operate/b.ts', "import '#topics/index.ts'"],
  ['no-unknown-place', 'web/helpers/a.ts', "import '#protocol/event.ts'"],
  ['no-unknown-place', 'server/utils/a.ts', "import '#protocol/event.ts'"],

  ['server-never-browser-nor-mock', 'server/feed/web.ts', "import '#web/feed/client.ts'"],
  ['server-never-browser-nor-mock', 'server/late.ts', "await import('../web/store/store.ts')"],
  ['server-never-browser-nor-mock', 'server/made-up.ts', "import '#mock/random.ts'"],
  ['server-never-browser-nor-mock', 'server/drawn.ts', "import '#topics/fires/fires.panel.vue'"],
  ['server-never-browser-nor-mock', 'server/feed/a.test.ts', "import '#web/feed/client.ts'"],
  ['web-never-server-nor-mock', 'web/wall/a.ts', "import type { A } from '#server/world.ts'"],
  ['web-never-server-nor-mock', 'web/wall/b.ts', "export * from '../../mock/random.ts'"],
  ['web-never-server-nor-mock', 'web/wall/c.vue', vue("import '#server/world.ts'")],
  ['web-never-server-nor-mock', 'web/feed/a.test.ts', "import '#server/feed/hub.ts'"],
  ['mock-never-server-nor-browser', 'mock/a.ts', "import '#server/world.ts'"],
  ['mock-never-server-nor-browser', 'mock/b.ts', "import '#web/feed/client.ts'"],
  ['mock-never-server-nor-browser', 'mock/c.test.ts', "import type { A } from '#server/world.ts'"],
  ['browser-packages-stay-in-the-browser', 'server/http/ui.ts', "import 'vue'"],
  ['server-packages-stay-on-the-server', 'web/wall/http.ts', "import 'hono'"],
  ['no-node-in-browser-or-logic', 'protocol/node.ts', "import 'node:fs'"],
  ['no-node-in-browser-or-logic', 'topics/fires/node.ts', "import 'fs'"],
  ['no-node-in-browser-or-logic', 'web/kit/node.vue', vue("import 'node:sqlite'")],

  ['protocol-imports-nothing', 'protocol/a.ts', "import '#topics/index.ts'"],
  ['protocol-imports-nothing', 'protocol/b.ts', "import type { A } from '../server/world.ts'"],
  ['protocol-packages', 'protocol/c.ts', "import 'vue'"],

  ['topic-logic', 'topics/fires/a.ts', "import '../floods/floods.ts'"],
  ['topic-logic', 'topics/fires/b.ts', "import type { A } from '#topics/floods/floods.codes.ts'"],
  ['topic-logic', 'topics/fires/c.ts', "import '#web/store/store.ts'"],
  ['topic-logic', 'topics/fires/d.ts', "await import('../../server/world.ts')"],
  ['topic-logic', 'topics/fires/e.scenes.ts', "import '../../mock/random.ts'"],
  ['topic-logic', 'topics/_template/_template.ts', "import '../floods/floods.ts'"],
  ['topic-logic-has-no-face', 'topics/fires/f.ts', "import './fires.panel.vue'"],
  ['topic-logic-has-no-face', 'topics/fires/g.ts', "import './fires.layer.ts'"],
  ['topic-logic-packages', 'topics/fires/h.ts', "import 'vue'"],
  ['topic-logic-packages', 'topics/fires/i.ts', "import type { A } from 'echarts'"],
  ['topic-logic-packages', 'topics/fires/j.events.ts', "import '@deck.gl/core'"],
  ['schemas-stay-on-the-server', 'topics/fires/k.ts', "import './fires.events.ts'"],
  ['schemas-stay-on-the-server', 'topics/fires/l.ts', "import { z, type A } from 'zod'"],
  ['schemas-stay-on-the-server', 'topics/fires/m.ts', "import '../floods/floods.events.ts'"],
  ['schemas-stay-on-the-server', 'topics/fires/n.vue', vue("import './fires.events.ts'")],
  ['schemas-stay-on-the-server', 'web/wall/d.ts', "await import('zod')"],
  ['schemas-stay-on-the-server', 'web/store/a.ts', "import '#topics/fires/fires.events.ts'"],
  ['topic-mocks-belong-to-the-mock', 'topics/fires/o.ts', "import './fires.mock.ts'"],
  ['topic-mocks-belong-to-the-mock', 'web/gallery/a.ts', "import '#topics/fires/fires.mock.ts'"],
  ['topic-mocks-belong-to-the-mock', 'server/a.ts', "import '#topics/fires/fires.mock.ts'"],
  ['topics-index-lists-logic', 'topics/a.ts', "import './fires/fires.panel.vue'"],
  ['topics-index-lists-logic', 'topics/b.ts', "import '#web/store/store.ts'"],
  ['faces', 'topics/fires/p.panel.vue', vue("import '../floods/floods.panel.vue'")],
  ['faces', 'topics/fires/q.panel.vue', vue("import type { A } from '../floods/floods.ts'")],
  ['faces', 'topics/fires/r.detail.vue', vue("import '#web/feed/client.ts'")],
  ['faces', 'topics/fires/s.layer.ts', "import '#web/wall/wall.vue'"],
  ['faces', 'topics/fires/t.panel.vue', vue("import '#server/world.ts'")],
  ['panel-packages', 'topics/fires/u.panel.vue', vue("import '@deck.gl/core'")],
  ['layer-packages', 'topics/fires/v.layer.ts', "import 'pinia'"],
  ['topic-mocks', 'topics/fires/w.mock.ts', "import '#server/world.ts'"],
  ['topic-mocks', 'topics/fires/x.mock.ts', "import '#web/store/store.ts'"],
  ['topic-mocks', 'topics/fires/y.mock.ts', "import '../floods/floods.mock.ts'"],
  ['topic-mocks', 'topics/fires/z.mock.ts', "import '#mock/main.ts'"],

  ['journal-stands-alone', 'server/journal/a.ts', "import '../ingest/door.ts'"],
  ['journal-stands-alone', 'server/journal/b.ts', "import '#topics/index.ts'"],
  ['stages-never-look-sideways', 'server/ingest/a.ts', "import '../projection/fold.ts'"],
  ['stages-never-look-sideways', 'server/ingest/b.ts', "import '#topics/fires/fires.ts'"],
  ['stages-never-look-sideways', 'server/projection/a.ts', "import '../feed/hub.ts'"],
  ['stages-never-look-sideways', 'server/projection/b.ts', "import '../http/routes.ts'"],
  ['quarantine-masks-and-keeps', 'server/quarantine/a.ts', "import '../ingest/door.ts'"],
  ['quarantine-masks-and-keeps', 'server/quarantine/b.ts', "import '../journal/journal.ts'"],
  ['feed-reads-projection', 'server/feed/a.ts', "import '../ingest/door.ts'"],
  ['feed-reads-projection', 'server/feed/b.ts', "import type { A } from '#topics/fires/fires.ts'"],
  ['tracks-stand-alone', 'server/tracks/a.ts', "import '../journal/journal.ts'"],
  ['tracks-stand-alone', 'server/tracks/b.ts', "import '#topics/index.ts'"],
  ['reaction-drives-the-journal', 'server/reaction/a.ts', "import '../feed/hub.ts'"],
  ['reaction-drives-the-journal', 'server/reaction/b.ts', "import '#topics/fires/fires.ts'"],
  ['commands-drive-the-journal', 'server/command/a.ts', "import '../feed/hub.ts'"],
  ['commands-drive-the-journal', 'server/command/b.ts', "import '#topics/fires/fires.ts'"],
  ['http-uses-the-stages', 'server/http/a.ts', "import '../main.ts'"],
  ['http-uses-the-stages', 'server/http/b.ts', "import '#topics/fires/fires.ts'"],

  ['world-is-injected', 'server/world.ts', "import '#topics/index.ts'"],

  ['web-feed', 'web/feed/a.ts', "import '../store/store.ts'"],
  ['web-feed', 'web/feed/b.ts', "import '#topics/index.ts'"],
  ['web-feed', 'web/feed/c.ts', "import 'vue'"],
  ['web-store', 'web/store/b.ts', "import '#topics/fires/fires.ts'"],
  ['web-store', 'web/store/c.ts', "import '../kit/panel.vue'"],
  ['web-kit', 'web/kit/a.ts', "import '../store/store.ts'"],
  ['web-kit', 'web/kit/b.vue', vue("import '#topics/index.ts'")],

  ['imports-are-readable', 'server/dark.ts', 'await import(`./$' + "{'world'}.ts`)"],
  ['globs-belong-to-screens', 'web/store/d.ts', "import.meta.glob('../../topics/*/*.ts')"],
  [
    'type-imports-say-so-in-front',
    'topics/fires/aa.ts',
    "import { type A } from './fires.events.ts'",
  ],
  ['type-imports-say-so-in-front', 'topics/fires/bb.ts', "import A, { type B } from 'zod'"],
  ['type-imports-say-so-in-front', 'topics/fires/cc.ts', "export { type A } from 'zod'"],
]

const breachesOf = async (files: Tree) => {
  const { breaches } = await checkFences(plant(files))
  return breaches.map(({ rule, from }) => `${rule}: ${from}`).sort()
}

test('a tree that keeps to the table passes', async () => {
  expect(await breachesOf(clean)).toEqual([])
})

test('every planted violation is found, by its own rule, and nothing else is', async () => {
  const planted = Object.fromEntries(cases.map(([, file, text]) => [file, text]))
  const expected = cases.map(([rule, file]) => `${rule}: ${file}`).sort()
  expect(Object.keys(planted)).toHaveLength(cases.length)
  expect(await breachesOf({ ...clean, ...planted })).toEqual(expected)
})

test('every rule has a planted violation', () => {
  const planted = new Set(cases.map(([rule]) => rule))
  expect([...fenceRules.keys()].filter((rule) => !planted.has(rule))).toEqual([])
})

test('an empty tree is refused, not passed', async () => {
  await expect(checkFences(plant({ 'README.md': '' }))).rejects.toThrow('no file to check')
})
