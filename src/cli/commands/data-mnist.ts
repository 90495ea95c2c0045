import { downloadMnist, type DownloadProgress } from '../../../reference/data/mnist-download.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { mnistFolder } from '../../../reference/data/mnist-folder.js';
import { checkFolder, print, type PrintOptions } from '../output.js';
import { newBar } from '../progress.js';
import type { Terminal } from '../terminal.js';

/** Downloads MNIST into the user's cache, where verify finds it. */
export async function dataMnistCommand(options: PrintOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = mnistFolder(terminal.env);
  await checkFolder(folder, 'SCORECHECK_CACHE');
  const { progress, finish } = downloadShown(terminal);
  await downloadMnist({ cacheDir: folder, progress }).finally(finish);
  await print(options, terminal, {
    text: () => `MNIST is in ${folder}; \`scorecheck verify\` uses it unless MNIST_DIR names another folder.`,
    json: { folder },
  });
  return exitCodes.asClaimed;
}

function downloadShown({ bars, note }: Terminal): {
  progress: (event: DownloadProgress) => void;
  finish: () => void;
} {
  const bar = bars === undefined ? undefined : newBar(bars, '{bar} {percentage} %');
  const finish = (): void => {
    if (bar?.isActive === true) bar.stop();
  };
  let asked: string | undefined;
  return {
    finish,
    progress: (event) => {
      switch (event.state) {
        case 'receiving':
          if (event.url !== asked) note(`${event.file}: from ${event.url}`);
          asked = event.url;
          if (bar === undefined || event.total === undefined) return;
          if (bar.isActive) bar.update(event.received);
          else bar.start(event.total, event.received);
          return;
        case 'failed':
          finish();
          note(`${event.file}: ${event.url} did not give it: ${event.reason}`);
          return;
        case 'cached':
          note(`${event.file}: already there`);
          return;
        case 'done':
          finish();
          note(`${event.file}: complete`);
      }
    },
  };
}
