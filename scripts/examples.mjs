// Writes reports/examples/, a report of each kind as readers of the repository see it: `npm run examples [-- DIR]`.
// On the drawn digits whatever data is there, with a fixed seed and without times, so that a test can compare.
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

// By a computed name, since the compiled sources are not there before the build.
const { answersOf, claims, figuresOf, loadDigits, verify, writeTheoryReport } = await import(
  new URL('../dist/src/index.js', import.meta.url)
);

/** Claims of each kind, on digits too, and those behind the five questions that the course left open: the whole catalogue would be megabytes. */
const shown = [
  'score-is-log-gradient',
  'score-mean-zero',
  'esm-equals-ism',
  'parts',
  'esm-ism-same-argmin',
  'dsm-any-shape',
  'dsm-equals-esm',
  'noise-laplace',
  'noise-uniform-fails',
  'tweedie',
  'hutchinson-variance',
  'hutchinson-cost',
  'forward-vp',
  'reverse-sampler-order',
];

const folder = process.argv[2] ?? fileURLToPath(new URL('../reports/examples/', import.meta.url));
const digits = loadDigits({}); // no MNIST_DIR, no cache
const resources = { digits, trainingImages: 1_000 };
const verification = await verify(
  claims.filter(({ id }) => shown.includes(id)),
  { version: 'example', seed: 7, quick: true, resources },
);
const figures = figuresOf(verification, resources);
const answers = answersOf({ ...verification, figures });
const { reports } = await writeTheoryReport({ ...verification, figures, answers }, folder, { times: false });
console.log(reports.join('\n'));
