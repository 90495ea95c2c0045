import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IsolationMissing } from '../../src/sandbox/isolation.js';
import { openSandbox } from '../../src/sandbox/sandbox.js';
import { seccompFilter } from '../../src/sandbox/seccomp.js';
import { tryIsolation } from '../../src/sandbox/trial.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** An environment whose `bwrap` is a shell script. */
async function withBwrap(script: string): Promise<NodeJS.ProcessEnv> {
  await writeFile(path.join(folder, 'bwrap'), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(folder, 'bwrap'), 0o755);
  return { ...process.env, PATH: folder };
}

describe('the trial of isolation', () => {
  it('finds all layers where bubblewrap runs', async () => {
    const { isolation, bubblewrap } = await tryIsolation(process.env);
    expect(isolation).toMatchObject({
      level: 'full',
      layers: { network: true, files: true, processes: true, privileges: true, systemCalls: true, limits: true },
    });
    expect(bubblewrap?.way).toBe(process.getuid?.() === 0 ? 'root' : 'user namespace');
  });

  it('says how to install bubblewrap where there is none', async () => {
    const { isolation } = await tryIsolation({ PATH: '/nonexistent' });
    expect(isolation).toMatchObject({
      level: 'weak',
      reason: 'bubblewrap (`bwrap`) is not installed.',
      remedy: expect.stringContaining('sudo apt-get install bubblewrap') as string,
      layers: { network: false, files: false, processes: false, permissionModel: true, limits: true },
    });
  });

  it('says what bubblewrap complained of', async () => {
    const env = await withBwrap('echo "bwrap: No permissions to create new namespace" >&2; exit 1');
    const { isolation } = await tryIsolation(env);
    expect(isolation).toMatchObject({
      level: 'weak',
      reason: 'bubblewrap does not run: bwrap: No permissions to create new namespace',
      remedy: expect.stringMatching(/user namespaces/) as string,
    });
  });

  it('believes what a program inside sees, and not that a program called bwrap ran', async () => {
    const seen = {
      root: ['home'],
      interfaces: ['eth0'],
      writes: [],
      processes: 2,
      noNewPrivileges: true,
      seccomp: true,
    };
    const { isolation } = await tryIsolation(await withBwrap(`echo '${JSON.stringify(seen)}'`));
    expect(isolation.level).toBe('weak');
    expect(isolation.reason).toContain('eth0');
  });
});

describe('openSandbox', () => {
  it('refuses where full isolation is asked for and missing', async () => {
    const opened = openSandbox({ env: { PATH: '/nonexistent' }, isolation: 'full', warm: 1 });
    await expect(opened).rejects.toThrow(IsolationMissing);
    await expect(opened).rejects.toThrow('Expected full isolation. bubblewrap (`bwrap`) is not installed. Install it:');
  });

  it('takes what there is where that will do', async () => {
    await using sandbox = await openSandbox({
      env: { ...process.env, PATH: '/nonexistent' },
      isolation: 'best',
      warm: 0,
    });
    expect(sandbox.isolation.level).toBe('weak');
  });
});

describe('seccompFilter', () => {
  it('is whole instructions whose jumps stay inside', () => {
    for (const arch of ['x64', 'arm64']) {
      const filter = seccompFilter(arch) ?? new Uint8Array();
      const view = new DataView(filter.buffer);
      const length = filter.length / 8;
      expect(Number.isInteger(length)).toBe(true);
      // The kernel takes at most 4096 instructions (BPF_MAXINSNS).
      expect(length).toBeLessThan(4096);
      for (let i = 0; i < length; i++) {
        const code = view.getUint16(8 * i, true);
        const isJump = (code & 7) === 5;
        if (isJump) expect(i + 1 + Math.max(filter[8 * i + 2] ?? 0, filter[8 * i + 3] ?? 0)).toBeLessThan(length);
      }
      expect(view.getUint16(filter.length - 8, true)).toBe(6); // it ends with an answer
    }
  });

  it('is none for a processor whose system calls we do not know', () => {
    expect(seccompFilter('riscv64')).toBeUndefined();
  });
});
