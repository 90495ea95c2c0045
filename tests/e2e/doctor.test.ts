import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main, run, scorecheck, temporaryFolder } from './command-line.js';
import type { Facts } from '../../src/cli/doctor-facts.js';

describe('scorecheck doctor', () => {
  it('shows backend, versions, cores, memory, data, cache, disk and isolation', async () => {
    const { code, stdout, stderr } = await scorecheck(['doctor']);
    expect(stderr).toBe('');
    for (const row of [
      'backend',
      'TensorFlow.js',
      'Node.js',
      'cores',
      'memory',
      'data',
      'cache',
      'free disk',
      'isolation',
    ]) {
      expect(stdout).toMatch(new RegExp(`^${row} {2,}\\S`, 'm'));
    }
    expect(stdout).toContain('! Second-order gradients of TensorFlow.js are silently wrong');
    expect(code).toBe(0);
  });

  it('prints the same as JSON, each warning with what to do', async () => {
    const cache = temporaryFolder();
    const { code, stdout } = await scorecheck(['doctor', '--json', '-'], {
      env: { SCORECHECK_CACHE: cache, MNIST_DIR: path.join(cache, 'none') },
    });
    const facts = JSON.parse(stdout) as Facts;
    expect(facts).toMatchObject({ backend: { name: 'wasm', forced: false }, cache: { folder: cache, bytes: 0 } });
    expect(facts.data).toHaveProperty('problem');
    expect(facts.warnings.length).toBeGreaterThanOrEqual(2);
    for (const { what, remedy } of facts.warnings) {
      expect(what).not.toBe('');
      expect(remedy).not.toBe('');
    }
    expect(code).toBe(0);
  });
});

describe('scorecheck claims', () => {
  it('a reader that closes the pipe is no failure', async () => {
    const { code, stdout, stderr } = await run('bash', [
      '-c',
      `set -o pipefail; "${process.execPath}" "${main}" claims --json - | head -c 1`,
    ]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '[', stderr: '' });
  });

  it('show prints statement, assumptions, settings and variants, also as JSON', async () => {
    const text = await scorecheck(['claims', 'show', 'esm-equals-ism']);
    for (const section of ['Statement', 'Assumptions', 'Tested on', 'Shown to matter', 'False variants']) {
      expect(text.stdout).toContain(section);
    }
    const { stdout } = await scorecheck(['claims', 'show', 'esm-equals-ism', '--json', '-']);
    expect(JSON.parse(stdout)).toMatchObject({ id: 'esm-equals-ism', kind: 'identity' });
  });
});
