import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { permissionFlag } from '../../../src/sandbox/command.js';
import { tensor } from '../../../src/sandbox/tensor-value.js';
import { laboratory, valueOf } from './laboratory.js';

// What still holds where there is no bubblewrap: everything about answers, time, memory and output. Files are kept by Node's permission
// model, which native code goes round, and the network is open: that is why others' code is not graded with it unless a flag says so.
describe('without bubblewrap, a submission', () => {
  const attack = laboratory('weak', { memoryBytes: 450e6, outputBytes: 2e6 });
  const fine = 'export const fine = () => tf.tensor1d([1, 2]);';

  it('20, 22, 25: loses the question alone when it loops, fills the memory or floods', async () => {
    const source = `
      export const loop = () => { for (;;); };
      export const fill = () => { const all: Float64Array[] = []; for (;;) all.push(new Float64Array(1e6).fill(1)); };
      export const flood = () => { for (;;) console.log('x'.repeat(10000)); };
      export const exit = () => process.exit(0);
      ${fine}`;
    await attack(source, async (ask) => {
      for (const [call, reason] of [
        ['loop', 'time'],
        ['fill', 'memory'],
        ['flood', 'output'],
        ['exit', 'no-answer'],
      ] as const) {
        expect(await ask(call, [], { limits: { milliseconds: call === 'loop' ? 600 : 20_000 } }), call).toMatchObject({
          kind: 'stopped',
          reason,
        });
      }
      expect(valueOf(await ask('fine'))).toEqual(tensor([2], [1, 2]));
    });
  });

  it('4: cannot write ahead on the channel', async () => {
    const source = `export const f = () => { node('fs').writeSync(3, frame(4, 2, Uint8Array.of(2))); return 1; };`;
    await attack(source, async (ask) => {
      expect(await ask('f')).toMatchObject({ kind: 'stopped', reason: 'protocol' });
    });
  });

  it('7, 9, 23, 26: reads no file, sees no environment, starts nothing and writes nothing by what Node offers', async () => {
    expect(permissionFlag()).toBeDefined();
    const folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-secret-'));
    process.env['SCORECHECK_TEST_SECRET'] = 'secret';
    try {
      const file = path.join(folder, 'solution.ts');
      await writeFile(file, 'secret');
      const source = `
        export const read = (file: string) => attempt(() => node('fs').readFileSync(file, 'utf8'));
        export const write = (file: string) => attempt(() => node('fs').writeFileSync(file, 'x'));
        export const start = () => attempt(() => node('child_process').spawnSync('/bin/sh'));
        export const environment = () => JSON.stringify(process.env);`;
      await attack(source, async (ask) => {
        for (const each of [file, '/etc/passwd', fileURLToPath(new URL('../../../package.json', import.meta.url))]) {
          expect(valueOf(await ask('read', [each])), each).toBe('ERR_ACCESS_DENIED');
        }
        expect(valueOf(await ask('write', [path.join(folder, 'x')]))).toBe('ERR_ACCESS_DENIED');
        expect(valueOf(await ask('start'))).toBe('ERR_ACCESS_DENIED');
        expect(valueOf(await ask('environment'))).not.toContain('secret');
      });
    } finally {
      delete process.env['SCORECHECK_TEST_SECRET'];
      await rm(folder, { recursive: true });
    }
  });
});
