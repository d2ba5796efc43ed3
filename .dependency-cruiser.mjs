/**
 * Who may import whom: the table of the architecture page, as rules. `tools/fences.ts` runs them, and
 * `tools/fences.test.ts` plants a violation of every one, so a rule without a planted case fails there.
 * Type-only imports count like any other, except where a rule says so.
 */

const test = '\\.test\\.ts$'
const face = '\\.(vue|layer\\.ts)$'
const topicLogic = {
  path: '^topics/([^/]+)/.+\\.ts$',
  pathNot: '\\.(layer|mock|test)\\.ts$',
}
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`
const anyPackage = '(^|/)node_modules/'
const anyFolder = '^(protocol|topics|server|web|mock|operate)/'

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const everywhere = [
  forbid('no-circle', 'Two files that need each other are one file.', {}, { circular: true }),
  forbid(
    'no-unresolvable',
    'What cannot be found cannot be fenced.',
    {},
    // what Vite makes is resolved by Vite
    { couldNotResolve: true, pathNot: '^virtual:' },
  ),
  forbid(
    'packages-are-declared',
    'Import only what package.json names.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  forbid('tests-are-nobodys', 'Nothing imports a test.', { pathNot: test }, { path: test }),
  forbid(
    'tools-are-nobodys',
    'Nothing that runs imports tools, whole-wall checks or measurements.',
    { path: anyFolder, pathNot: test },
    { path: '^(tools|e2e|bench)/' },
  ),
  forbid(
    'commands-are-nobodys',
    'A command of the operator is run by a person; nothing imports it.',
    { path: '^(protocol|topics|server|web|mock)/' },
    { path: '^operate/' },
  ),
  forbid(
    'operate-keeps-the-folder',
    "Commands may import the protocol, the journal, the settings and what keeps the door's leavings.",
    { path: '^operate/', pathNot: test },
    {
      path: '^(topics|server|web|mock|tools|e2e|bench)/',
      pathNot:
        '^server/(journal/|ingest/|settings\\.ts$|ingest-token\\.ts$|world\\.ts$|real-world\\.ts$)',
    },
  ),
  forbid(
    'no-unknown-place',
    'A folder that the table does not name imports nothing: name it in the table and here first.',
    {
      path: [
        '^server/(?!(?:ingest|journal|quarantine|projection|tracks|reaction|command|feed|http)/)[^/]+/',
        '^web/(?!(?:feed|store|kit|wall|console|briefing|gallery)/)[^/]+/',
      ],
    },
    {},
  ),
]

const sides = [
  forbid(
    'server-never-browser-nor-mock',
    'The server knows no screen and no mock; its tests neither.',
    { path: '^server/' },
    { path: ['^(web|mock)/', `^topics/.+${face}`] },
  ),
  forbid(
    'web-never-server-nor-mock',
    'The browser speaks to the server by the protocol only; its tests too.',
    { path: '^web/' },
    { path: '^(server|mock)/' },
  ),
  forbid(
    'mock-never-server-nor-browser',
    'The mock enters by the public door, like any source; its tests too.',
    { path: '^mock/' },
    { path: ['^(server|web)/', `^topics/.+${face}`] },
  ),
  forbid(
    'browser-packages-stay-in-the-browser',
    'No screen on the server.',
    { path: '^(server|mock)/' },
    {
      path: packages(
        'vue',
        'vue-[^/]+',
        'pinia',
        'echarts',
        '@deck\\.gl/[^/]+',
        '@luma\\.gl/[^/]+',
        '@fontsource/[^/]+',
      ),
    },
  ),
  forbid(
    'server-packages-stay-on-the-server',
    'No server in the browser.',
    { path: '^web/', pathNot: test },
    { path: packages('hono', '@hono/[^/]+', 'ws', 'gcoord', 'pino', 'prom-client') },
  ),
  forbid(
    'no-node-in-browser-or-logic',
    'Protocol, topics and web run in a browser.',
    { path: '^(protocol|topics|web)/', pathNot: test },
    { dependencyTypes: ['core'] },
  ),
]

const protocol = [
  forbid(
    'protocol-imports-nothing',
    'What both sides agree on depends on neither.',
    { path: '^protocol/', pathNot: test },
    { path: '^(topics|server|web|mock)/' },
  ),
  forbid(
    'protocol-packages',
    'The schema library is the only package of the protocol.',
    { path: '^protocol/', pathNot: test },
    { path: anyPackage, pathNot: packages('zod') },
  ),
]

const topics = [
  forbid(
    'topic-logic',
    "Topic logic may import the protocol, its own folder and other topics' events.",
    topicLogic,
    {
      path: anyFolder,
      pathNot: ['^protocol/', '^topics/$1/', '^topics/[^/]+/[^/]+\\.events\\.ts$', '\\.mock\\.ts$'],
    },
  ),
  forbid(
    'topic-logic-has-no-face',
    'Logic runs where nothing is drawn: it never imports its own panel, detail or layer.',
    topicLogic,
    { path: `^topics/$1/.+${face}` },
  ),
  forbid('topic-logic-packages', 'Topic logic needs no package; schemas need zod.', topicLogic, {
    path: anyPackage,
    pathNot: packages('zod'),
  }),
  forbid(
    'schemas-stay-on-the-server',
    'Schemas are too heavy for a screen: elsewhere import their types only.',
    { path: '^(topics/[^/]+|web)/', pathNot: '\\.(events|commands|mock|test)\\.ts$' },
    { path: ['\\.(events|commands)\\.ts$', packages('zod')], dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'topic-mocks-belong-to-the-mock',
    'What is made up must not be needed by what is real.',
    { path: '^(protocol|topics|server|web)/', pathNot: '\\.(mock|test)\\.ts$' },
    { path: '^topics/.+\\.mock\\.ts$' },
  ),
  forbid(
    'topics-index-lists-logic',
    'The list of topics holds logic and schemas only.',
    { path: '^topics/[^/]+\\.ts$', pathNot: test },
    { path: ['^(server|web|mock)/', `^topics/.+${face}`, anyPackage] },
  ),
  forbid(
    'faces',
    'Panels, details and layers may import their own topic, web/store and web/kit.',
    { path: `^topics/([^/]+)/.+${face}` },
    { path: anyFolder, pathNot: ['^topics/$1/', '^web/(store|kit)/', '\\.mock\\.ts$'] },
  ),
  forbid(
    'panel-packages',
    'A panel or detail needs vue and vue-i18n.',
    { path: '^topics/.+\\.vue$' },
    { path: anyPackage, pathNot: packages('vue', 'vue-i18n', 'zod') },
  ),
  forbid(
    'layer-packages',
    'A layer needs deck.gl, vue and vue-i18n.',
    { path: '^topics/.+\\.layer\\.ts$' },
    {
      path: anyPackage,
      pathNot: packages('vue', 'vue-i18n', '@deck\\.gl/[^/]+', '@luma\\.gl/[^/]+', 'zod'),
    },
  ),
  forbid(
    'topic-mocks',
    "A topic's mock may import its own events and codes, and the mock's clock and random.",
    { path: '^topics/([^/]+)/.+\\.mock\\.ts$' },
    {
      path: [anyFolder, anyPackage],
      pathNot: [
        '^protocol/',
        '^topics/$1/[^/]+\\.(events|codes)\\.ts$',
        '^mock/(?!main\\.ts$|replay\\.ts$)',
      ],
    },
  ),
]

const server = [
  forbid(
    'journal-stands-alone',
    'The journal may import the protocol and the injected world.',
    { path: '^server/journal/', pathNot: test },
    {
      path: '^(topics|server)/',
      pathNot: ['^server/journal/', '^server/(world|turns)\\.ts$', face],
    },
  ),
  forbid(
    'stages-never-look-sideways',
    'Ingest and projection may import the protocol, the list of topics, the journal and the world.',
    { path: '^server/(ingest|projection)/', pathNot: test },
    {
      path: '^(topics|server)/',
      pathNot: [
        '^server/($1|journal)/',
        '^server/(world|turns)\\.ts$',
        '^topics/index\\.ts$',
        face,
        '\\.mock\\.ts$',
      ],
    },
  ),
  forbid(
    'quarantine-masks-and-keeps',
    'The quarantine may import the protocol, the masks of the door and the world.',
    { path: '^server/quarantine/', pathNot: test },
    {
      path: '^(topics|server)/',
      pathNot: [
        '^server/quarantine/',
        '^server/ingest/(mask|find-numbers|number-pattern)\\.ts$',
        '^server/(world|clock-belief)\\.ts$',
        face,
        '\\.mock\\.ts$',
      ],
    },
  ),
  forbid(
    'feed-reads-projection',
    'The feed may import what the other stages may, the projection and the track lane.',
    { path: '^server/feed/', pathNot: test },
    {
      path: '^(topics|server)/',
      pathNot: [
        '^server/(feed|journal|projection|tracks)/',
        '^server/(world|turns)\\.ts$',
        '^topics/index\\.ts$',
        face,
        '\\.mock\\.ts$',
      ],
    },
  ),
  forbid(
    'tracks-stand-alone',
    'The track lane may import the protocol and the injected world: it never waits for the journal.',
    { path: '^server/tracks/', pathNot: test },
    {
      path: '^(topics|server)/',
      pathNot: ['^server/tracks/', '^server/(world|clock-belief)\\.ts$', face],
    },
  ),
  forbid(
    'reaction-drives-the-journal',
    'The reactor may import the journal, the projection, the track lane and the world.',
    { path: '^server/reaction/', pathNot: test },
    {
      path: '^(topics|server)/',
      pathNot: [
        '^server/(reaction|journal|projection|tracks)/',
        '^server/world\\.ts$',
        face,
        '\\.mock\\.ts$',
      ],
    },
  ),
  forbid(
    'commands-drive-the-journal',
    'Commands may import the journal, the projection, the masks of the door and the world.',
    { path: '^server/command/', pathNot: test },
    {
      path: '^(topics|server)/',
      pathNot: [
        '^server/(command|journal|projection)/',
        '^server/ingest/(mask|mask-body)\\.ts$',
        '^server/world\\.ts$',
        face,
        '\\.mock\\.ts$',
      ],
    },
  ),
  forbid(
    'http-uses-the-stages',
    'Routes may import every stage, and no topic by name.',
    { path: '^server/http/', pathNot: test },
    {
      path: '^(topics|server)/',
      pathNot: [
        '^server/(ingest|journal|quarantine|projection|tracks|command|feed|http)/',
        '^server/(world|turns)\\.ts$',
        '^topics/index\\.ts$',
        face,
        '\\.mock\\.ts$',
      ],
    },
  ),
  forbid(
    'world-is-injected',
    'What is injected into the core imports nothing of it.',
    { path: '^server/world\\.ts$' },
    { path: '^(topics|server)/' },
  ),
]

const web = [
  forbid(
    'web-feed',
    'The socket knows the protocol and nothing else.',
    { path: '^web/feed/', pathNot: test },
    { path: ['^topics/', '^web/', anyPackage], pathNot: ['^web/feed/', '\\.mock\\.ts$'] },
  ),
  forbid(
    'web-store',
    'The store may import the protocol and web/feed; it never names a topic.',
    { path: '^web/store/', pathNot: test },
    { path: ['^topics/', '^web/'], pathNot: ['^web/(store|feed)/', '\\.(events|mock)\\.ts$'] },
  ),
  forbid(
    'web-kit',
    'The kit may import UI libraries and the protocol.',
    { path: '^web/kit/', pathNot: test },
    { path: ['^topics/', '^web/'], pathNot: ['^web/kit/', '\\.(events|mock)\\.ts$'] },
  ),
]

export default {
  forbidden: [...everywhere, ...sides, ...protocol, ...topics, ...server, ...web],
  options: {
    doNotFollow: { path: 'node_modules' },
    moduleSystems: ['es6', 'cjs'],
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
      importsFields: ['imports'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs', '.json', '.css', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
