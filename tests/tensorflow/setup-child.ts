import { setup, type SetupOptions } from '../../src/tensorflow/setup.js';

// A setup in a process of its own: it prints its outcome, and kills itself at the first event of the stage that DIE_AT names.
const options = JSON.parse(process.argv[2] ?? '') as SetupOptions;
const outcome = await setup({
  ...options,
  progress: ({ stage }) => {
    if (stage === process.env['DIE_AT']) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(JSON.stringify(outcome));
