import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { tensor } from '../../../src/sandbox/tensor-value.js';
import { laboratory, valueOf } from './laboratory.js';

describe('a submission that takes more than its share', () => {
  const attack = laboratory('full', { memoryBytes: 450e6, outputBytes: 2e6, tasks: 100 });
  const soon = { limits: { milliseconds: 600 } };
  const fine = 'export const fine = () => tf.tensor1d([1, 2]);';

  it('20: loops, with every signal caught', async () => {
    const source = `
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGXCPU']) process.on(signal, () => {});
      export const loop = () => { for (;;); };
      export const storm = () => { const again = (): Promise<void> => Promise.resolve().then(again); return again(); };
      export const ticks = () => new Promise(() => { const again = () => process.nextTick(again); again(); });
      export const sleep = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      export const waits = () => new Promise(() => setInterval(() => {}, 1e6));
      ${fine}`;
    await attack(source, async (ask) => {
      for (const call of ['loop', 'storm', 'ticks', 'sleep', 'waits']) {
        const answer = await ask(call, [], soon);
        expect(answer, call).toMatchObject({
          kind: 'stopped',
          reason: 'time',
          message: 'No answer within 0.6 s: the call was stopped. Look for a loop that does not end.',
        });
      }
      // That question alone: the next one is answered.
      expect(valueOf(await ask('fine'))).toEqual(tensor([2], [1, 2]));
    });
  });

  it.each([
    ['a list that grows', 'const all: unknown[] = []; for (;;) all.push(new Array(1000).fill(all.length));'],
    ['arrays that are filled', 'const all: Float64Array[] = []; for (;;) all.push(new Float64Array(1e6).fill(1));'],
    ['tensors that are not disposed', 'for (;;) tf.ones([1000, 1000]).add(1).dataSync();'],
    [
      'WebAssembly memory',
      'const m = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); for (;;) { m.grow(160); new Uint8Array(m.buffer).fill(1, -160 * 65536); }',
    ],
    [
      'text that doubles',
      'let text = "x"; const all = []; for (;;) { text = (text + text).slice(0, 1e8); all.push(Buffer.from(text)); }',
    ],
    [
      'a worker',
      `const { Worker } = node('worker_threads'); new Worker('const all = []; for (;;) all.push(new Float64Array(1e6).fill(1));', { eval: true }); for (;;);`,
    ],
    [
      'another process',
      `node('child_process').spawnSync(process.execPath, ['-e', 'const all = []; for (;;) all.push(new Float64Array(1e6).fill(1));']);`,
    ],
  ])('22: fills the memory with %s', async (_, code) => {
    await attack(`export const f = () => { ${code} };${fine}`, async (ask) => {
      const answer = await ask('f');
      // Where the system refuses before the parent looks, the submission gets an exception as everywhere: no answer either.
      if (answer.kind === 'stopped') expect(answer.reason).toBe('memory');
      else expect(answer.kind).toMatch(/^(threw|malformed)$/);
      expect(valueOf(await ask('fine'))).toEqual(tensor([2], [1, 2]));
    });
  });

  it('22: asks for more than the machine has', async () => {
    const source = `export const f = () => { const x = new Float64Array(4e9); x[0] = 1; return 1; }; ${fine}`;
    await attack(source, async (ask) => {
      expect(await ask('f')).toMatchObject({ kind: 'threw', name: 'RangeError' });
      expect(valueOf(await ask('fine'))).toEqual(tensor([2], [1, 2]));
    });
  });

  it('23: starts processes and threads without end', async () => {
    const source = `
      const { spawn } = node('child_process'); const { Worker } = node('worker_threads');
      export const processes = async () => { for (;;) { spawn('/app/sh', ['-c', 'read x'], { stdio: ['pipe', 'ignore', 'ignore'] }).on('error', () => {}); await new Promise((resolve) => setTimeout(resolve, 1)); } };
      export const bomb = () => new Promise(() => { spawn('/app/sh', ['-c', 'f() { f | f & }; f'], { detached: true }); setInterval(() => {}, 1e6); });
      export const threads = async () => { for (;;) { try { new Worker('setInterval(() => {}, 1e6)', { eval: true }).on('error', () => {}); } catch {} await new Promise((resolve) => setTimeout(resolve, 5)); } };
      ${fine}`;
    await attack(source, async (ask) => {
      for (const call of ['processes', 'bomb', 'threads']) {
        const answer = await ask(call, [], { limits: { milliseconds: 2_500 } });
        expect(answer.kind, call).toBe('stopped');
        // The limit of the system stops the growth, the parent's the submission; threads may fill the memory first.
        if (answer.kind === 'stopped') expect(answer.reason, call).toMatch(/^(processes|time|memory|crash)$/);
      }
      expect(valueOf(await ask('fine'))).toEqual(tensor([2], [1, 2]));
    });
  }, 60_000);

  it('24: leaves a process behind', async () => {
    const mark = `mark-${process.pid}-${Date.now()}`;
    const source = `
      export const f = (mark: string) => {
        node('child_process').spawn('/app/sh', ['-c', '(while :; do :; done) & echo started; exec 0<&- 1<&- 2<&-; while :; do :; done', mark], { detached: true, stdio: 'ignore' }).unref();
        return 1;
      };`;
    const marked = (): string[] =>
      readdirSync('/proc').filter((pid) => {
        try {
          return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(mark);
        } catch {
          return false;
        }
      });
    await attack(source, async (ask) => {
      expect(valueOf(await ask('f', [mark]))).toBe(1);
      expect(marked().length).toBeGreaterThan(0); // the witness: it runs
    });
    // Nobody waits for the kernel to take the namespace down; it does.
    await vi.waitFor(() => expect(marked()).toEqual([]), 10_000);
  });

  it('25: floods what it prints and what it answers', async () => {
    const source = `
      export const prints = () => { for (;;) console.log('x'.repeat(10000)); };
      export const complains = () => { for (;;) console.error('x'.repeat(10000)); };
      export const some = () => { console.log('x'.repeat(100_000)); return 1; };
      export const large = () => tf.zeros([5e6]);
      export const announced = () => { node('fs').writeSync(3, new Uint8Array(Uint32Array.of(0x73636f72, 4, 1, 0xffffffff).buffer)); for (;;); };
      export const strings = () => Array.from({ length: 10 }, () => 'x'.repeat(1e6));
      ${fine}`;
    const before = process.memoryUsage().rss;
    await attack(source, async (ask) => {
      for (const call of ['prints', 'complains']) {
        const answer = await ask(call);
        expect(answer, call).toMatchObject({ kind: 'stopped', reason: 'output' });
        expect(answer.output.length).toBeLessThan(20_000);
      }
      const { output } = await ask('some');
      expect(output).toMatch(/^x{16000}… and 84001 more bytes$/);
      expect(await ask('large', [], { limits: { answerBytes: 1e6 } })).toMatchObject({
        kind: 'stopped',
        reason: 'answer-size',
        message: 'The answer was larger than 1 MB, so it was not read.',
      });
      expect(await ask('announced')).toMatchObject({ kind: 'stopped', reason: 'answer-size' });
      expect(await ask('strings')).toMatchObject({ kind: 'malformed', expected: 'a text of at most 100000 bytes' });
      expect(valueOf(await ask('fine'))).toEqual(tensor([2], [1, 2]));
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it('26: fills the disk', async () => {
    const source = `
      const fs = node('fs');
      export const f = () => ['/tmp/x', '/x', '/app/x', '/dev/x', '/dev/shm/x', '/var/tmp/x', '/proc/x', process.env.HOME + '/x'].map((file) => attempt(() => { fs.writeFileSync(file, 'x'); return 'wrote'; }));
      export const open = () => attempt(() => { const all: number[] = []; for (;;) all.push(fs.openSync('/app/child.mjs')); });
      ${fine}`;
    await attack(source, async (ask) => {
      const wrote = valueOf(await ask('f')) as string[];
      expect(wrote).toHaveLength(8);
      expect(wrote.filter((each) => !/^(EROFS|ENOENT|EACCES|EPERM)$/.test(each))).toEqual([]);
      expect(valueOf(await ask('open'))).toMatch(/^E/);
    });
  });
});

describe('a submission that computes below the limit of each question', () => {
  const attack = laboratory('full', { cpuMilliseconds: 3_000 });

  it('21: is stopped at the limit of all', async () => {
    const source = `export const burn = () => { const { user } = process.cpuUsage(); while (process.cpuUsage().user - user < 300_000); return 1; };`;
    await attack(source, async (ask) => {
      const reasons: unknown[] = [];
      for (let i = 0; i < 20 && reasons.length === 0; i++) {
        const answer = await ask('burn');
        if (answer.kind === 'stopped') reasons.push(answer.reason);
      }
      expect(reasons).toEqual(['cpu']);
    });
  }, 60_000);
});

describe('a submission that does not even load', () => {
  const attack = laboratory('full', { milliseconds: 1_500 });

  it('20: loops while it is loaded', async () => {
    await attack('for (;;); export const f = 1;', async (ask) => {
      const answer = await ask('f');
      expect(answer).toMatchObject({ kind: 'stopped', reason: 'time' });
      // It is not tried again for every other question.
      const again = performance.now();
      expect(await ask('g')).toMatchObject({ kind: 'stopped', reason: 'time' });
      expect(performance.now() - again).toBeLessThan(100);
    });
  });
});
