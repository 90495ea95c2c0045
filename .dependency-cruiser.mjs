// Who may import whom: deny by default. docs/architecture.md says why.
const layers = {
  'src/tensorflow': ['src/tensorflow'],
  'src/numerics': ['src/numerics'],
  'src/oracle': ['src/oracle', 'src/numerics'],
  reference: ['reference', 'src/tensorflow', 'src/numerics'],
  'src/training': ['src/training', 'reference', 'src/tensorflow', 'src/numerics'],
  'src/verify': ['src/verify', 'src/oracle', 'src/numerics', 'reference', 'src/tensorflow'],
  'src/claims': ['src/claims', 'src/verify', 'src/oracle', 'src/numerics', 'reference', 'src/tensorflow'],
  'src/sandbox': ['src/sandbox', 'src/tensorflow', 'src/numerics'],
  'src/grade': [
    'src/grade',
    'src/sandbox',
    'src/verify',
    'src/claims',
    'src/oracle',
    'src/numerics',
    'reference',
    'src/tensorflow',
  ],
  'src/course': ['src/course', 'src/grade', 'src/sandbox'],
  exercises: [
    'exercises',
    'src/grade',
    'src/claims',
    'src/verify',
    'src/oracle',
    'src/numerics',
    'reference',
    'src/tensorflow',
  ],
  'src/notes': ['src/notes', 'src/verify', 'src/claims', 'src/oracle', 'src/numerics', 'reference', 'src/tensorflow'],
  'src/author': [
    'src/author',
    'src/grade',
    'src/verify',
    'src/claims',
    'src/oracle',
    'src/numerics',
    'reference',
    'src/tensorflow',
  ],
  'src/queue': ['src/queue', 'src/course'],
  'src/report': ['src/report'],
  'src/cli': ['src', 'reference'],
  'src/index.ts': ['src', 'reference'],
  bench: ['bench', 'src', 'reference', 'exercises'],
  tests: ['tests', 'src', 'reference', 'exercises', 'bench'],
};

// Plain-data shapes may be imported as types across the arrow by the reporting stage.
const typeOnly = { 'src/report': ['src/verify', 'src/tensorflow', 'src/notes', 'src/grade', 'src/course'] };

// Third-party code that is hard to replace is imported in one file each.
const wrapped = {
  // A student's module imports TensorFlow.js as it stands; the sandbox gives it ours.
  '@tensorflow/': ['^src/tensorflow/', '^exercises/[^/]+/(solution|submission)\\.ts$'],
  mathjs: ['^src/oracle/symbolic\\.ts$'],
  'markdown-it': ['^src/report/html\\.ts$', '^src/notes/read/markdown\\.ts$'],
  'vega(-lite)?$': ['^src/report/plot\\.ts$'],
  commander: ['^src/cli/'],
  '(bullmq|ioredis)$': ['^src/queue/'],
  workerpool: [
    '^src/cli/(verify|grade|notes)-(processes|worker)\\.ts$',
    '^bench/calibrate/(parts|worker)\\.ts$',
    '^bench/notes/(processes|worker)\\.ts$',
  ],
  'ml-matrix': ['^src/numerics/linear-algebra\\.ts$'],
  '@lezer/': ['^src/sandbox/python-source\\.ts$'],
  'pure-rand': ['^src/numerics/random\\.ts$'],
};

const own = '^(src|reference|exercises|bench|tests)/';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle hides which idea comes first.',
      from: {},
      to: { circular: true },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'solutions-stay-secret',
      severity: 'error',
      comment: 'Only tests read a staff solution.',
      from: { pathNot: '^tests/' },
      to: { path: '^exercises/.*/solution\\.ts$' },
    },
    ...Object.entries(layers).map(([layer, allowed]) => ({
      name: `layer-${layer}`,
      severity: 'error',
      comment: `${layer} may import ${allowed.join(', ')} only.`,
      from: { path: `^${layer}(/|$)` },
      to: {
        path: own,
        pathNot: `^(${allowed.join('|')})(/|$)`,
        ...(typeOnly[layer] ? { dependencyTypesNot: ['type-only'] } : {}),
      },
    })),
    ...Object.entries(typeOnly).map(([layer, allowed]) => ({
      name: `types-${layer}`,
      severity: 'error',
      comment: `${layer} may import types from ${allowed.join(', ')} only.`,
      from: { path: `^${layer}(/|$)` },
      to: { path: own, pathNot: `^(${[layer, ...allowed].join('|')})(/|$)` },
    })),
    ...Object.entries(wrapped).map(([library, files]) => ({
      name: `one-file-for-${library.replace(/\W/g, '')}`,
      severity: 'error',
      comment: `${library} is imported in ${files.join(', ')} only.`,
      from: { path: own, pathNot: ['^tests/', ...files] },
      to: { path: `node_modules/${library}`, dependencyTypesNot: ['type-only'] },
    })),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'require'],
    },
    doNotFollow: { path: 'node_modules' },
  },
};
