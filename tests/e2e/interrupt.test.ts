import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { environment, main, temporaryFolder } from './command-line.js';

it('Ctrl-C ends a verification at once, for a shell with exit code 130, and no report is half written', async () => {
  const folder = temporaryFolder();
  // Ctrl-C goes to every process of the terminal's foreground group, the shell included.
  const shell = spawn('sh', ['-c', `trap : INT; "${process.execPath}" "${main}" verify --out out; echo "code $?"`], {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let [stdout, stderr] = ['', ''];
  let interrupted = 0;
  shell.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  shell.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (interrupted === 0 && /\[ *1\//.test(stderr)) {
      // A second later it computes.
      interrupted = performance.now() + 1_000;
      setTimeout(() => process.kill(-(shell.pid ?? 0), 'SIGINT'), 1_000);
    }
  });
  await new Promise((resolve) => shell.on('close', resolve));
  expect(stdout).toBe('code 130\n');
  expect(stderr).not.toContain('Error');
  // At once: no waiting for TensorFlow. Far more than a signal needs, far less than the claims that were left.
  expect(performance.now() - interrupted).toBeLessThan(10_000);
  expect(readdirSync(path.join(folder, 'out'))).toEqual([]);
});
