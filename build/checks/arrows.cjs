// Which part may import which, for dependency-cruiser. ARCHITECTURE.md tells why.
const ELECTRON = '(^|node_modules/)electron($|/)';
const MATRIX_SDK = '(^|node_modules/)matrix-js-sdk($|/)';
/** Tests, and what only tests are made with. */
const TEST = '\\.tests?\\.tsx?$|/testing/';
/** Features of the interface: they meet only in salons/, ui/, i18n/ and the contract. */
const FEATURES = '(chat|files|calls|services|downloads|settings|signin)';

module.exports = {
  forbidden: [
    {
      name: 'page-knows-contract-only',
      comment: 'The page reaches main through preload/contract and nothing else.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TEST },
      to: { path: '^(main|preload|build)/', pathNot: '^preload/contract/' },
    },
    {
      name: 'page-takes-types',
      comment:
        'Main has checked what crosses: the page needs no schema, and would read the schema library at each start.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: `${TEST}|^renderer/matrix/` },
      to: {
        path: '^preload/contract/',
        pathNot: '^preload/contract/(findings|licence)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'main-knows-contract-only',
      comment: 'Main meets the page and the preload in preload/contract only.',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^(renderer|preload)/', pathNot: '^preload/contract/' },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract is imported by all and imports none.',
      severity: 'error',
      from: { path: '^preload/contract/', pathNot: TEST },
      to: { path: '^(main|renderer|e2e|build|preload)/', pathNot: '^preload/contract/' },
    },
    {
      name: 'preload-knows-contract-only',
      comment: 'A preload is the contract and a few lines.',
      severity: 'error',
      from: { path: '^preload/', pathNot: TEST },
      to: { path: '^(main|renderer)/' },
    },
    {
      name: 'electron-in-shell-only',
      comment: 'Everything else of main is tried in plain Node, and pages have no Electron.',
      severity: 'error',
      from: { path: '^(main|renderer|preload/contract)/', pathNot: '^main/(shell/|index\\.ts$)' },
      to: { path: ELECTRON },
    },
    {
      name: 'shell-is-outermost',
      comment: 'Who imports the shell imports Electron with it.',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/(shell/|index\\.ts$)' },
      to: { path: '^main/shell/' },
    },
    {
      name: 'sync-knows-nothing-above-it',
      comment: 'The engine runs in a utility process, on the command line and in a simulator.',
      severity: 'error',
      from: { path: '^main/sync/' },
      to: { path: '^(main|preload|renderer)/', pathNot: '^main/sync/' },
    },
    {
      name: 'engine-behind-files',
      comment: 'The rest of main speaks of salons and files, not of trees and journals.',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/(sync|files)/' },
      to: { path: '^main/sync/' },
    },
    {
      name: 'matrix-sdk-in-worker-only',
      comment: 'No object of the SDK reaches a component.',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/', pathNot: '^renderer/matrix/' },
      to: { path: MATRIX_SDK },
    },
    {
      name: 'features-meet-in-salons-and-ui',
      comment: 'A feature is one folder; features meet through salons, ui, i18n and the contract.',
      severity: 'error',
      from: { path: `^renderer/${FEATURES}/` },
      to: { path: `^renderer/${FEATURES}/`, pathNot: '^renderer/$1/' },
    },
    {
      name: 'shared-parts-know-no-feature',
      comment: 'What the features meet in knows none of them; app/ puts them together.',
      severity: 'error',
      from: { path: '^renderer/(salons|ui|i18n|matrix)/' },
      to: { path: `^renderer/${FEATURES}/` },
    },
    {
      name: 'nothing-imports-e2e',
      comment: 'The servers and journeys of the tests are no part of the product.',
      severity: 'error',
      from: { path: '^(main|preload|renderer|build)/', pathNot: TEST },
      to: { path: '^e2e/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // swc's walker stops at a `using` declaration; tests of the servers use it, may import anything and are imported by none.
    exclude: { path: '(^|/)fixtures/|^e2e/stack/.*\\.test\\.ts$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
