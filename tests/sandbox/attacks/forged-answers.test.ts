import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/sandbox/draws.js';
import { frameTypes } from '../../../src/sandbox/frame.js';
import { tensor } from '../../../src/sandbox/tensor-value.js';
import { record } from '../../../src/sandbox/value.js';
import { laboratory, valueOf } from './laboratory.js';

// Numbers are those of the attack list in the research on graders: what a submission does to be given points for a wrong answer.
const wrong = tensor([2], [1, 2]);
const answerType = frameTypes.indexOf('answer');

describe('a submission that forges its answer', () => {
  const attack = laboratory('full');

  it('1: patches comparisons, in its own process alone', async () => {
    const source = `
      Math.abs = () => 0; Array.prototype.every = () => true; Object.is = () => true; Number.isFinite = () => true;
      (globalThis as any).expect = () => new Proxy(() => {}, { get: () => () => true });
      export const f = () => tf.tensor1d([1, 2]);
      export const witness = () => [Math.abs(-1), [false].every((each) => each)];`;
    await attack(source, async (ask) => {
      expect(valueOf(await ask('f'))).toEqual(wrong);
      expect(valueOf(await ask('witness'))).toEqual([0, true]);
    });
    expect([Math.abs(-1), [false].every((each) => each), Object.is(1, 2)]).toEqual([1, false, false]);
  });

  it('2: returns objects that judge themselves, which arrive as data', async () => {
    const source = `
      let asked = 0;
      const yes = { [Symbol.toPrimitive]: () => (asked++, 0), valueOf: () => (asked++, 0), toJSON: () => (asked++, 0), equals: () => true };
      export const proxy = () => new Proxy({}, { get: (_, name) => (asked++, name === 'then' ? undefined : () => true), ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) });
      export const object = () => ({ value: 3, ...yes });
      export const getter = () => Object.defineProperty({}, 'x', { enumerable: true, get: () => asked++ });
      export const thenable = () => ({ then: (resolve: (x: number) => void) => resolve(7) });
      class Evil extends tf.Tensor { override dataSync() { asked++; return new Float32Array([1, 2]) as any; } }
      export const tensor = () => Object.setPrototypeOf(tf.tensor1d([5, 6]), Evil.prototype);
      export const witness = () => asked;`;
    await attack(source, async (ask) => {
      // It has whatever a tensor has, so it is taken for one, and then it says that it is disposed.
      expect(await ask('proxy')).toMatchObject({ kind: 'malformed' });
      const object = valueOf(await ask('object'));
      expect(object).toMatchObject({ kind: 'record', fields: { value: 3, equals: { kind: 'handle' } } });
      expect(Object.getPrototypeOf((object as { fields: object }).fields)).toBe(null);
      expect(valueOf(await ask('getter'))).toMatchObject({ kind: 'record' });
      expect(valueOf(await ask('thenable'))).toBe(7);
      // The class answers for itself inside; what crosses is two numbers, and they are judged like any others.
      expect(valueOf(await ask('tensor'))).toEqual(wrong);
      expect(valueOf(await ask('witness'))).toBeGreaterThan(0);
    });
  });

  it('3: patches what the harness uses in its process, and gets other wrong data', async () => {
    const source = `
      let patched = 0;
      tf.Tensor.prototype.dataSync = function () { patched++; return new Float32Array(this.size).fill(9) as any; } as any;
      performance.now = () => -1e9;
      (globalThis as any).Float64Array.of = () => { patched++; return new BigUint64Array([0n]); };
      const writable = tf as any; try { writable['mem' + 'ory'] = () => ({ numTensors: 0 }); } catch { patched++; }
      export const f = () => ({ status: 'answered', verdict: 'pass', points: 10, value: tf.tensor1d([1, 2]) });
      export const witness = () => String(patched);`;
    await attack(source, async (ask) => {
      const answer = await ask('f');
      // A result that says "pass" is a record that says "pass": it is no answer to what was asked.
      expect(valueOf(answer)).toEqual(
        record({ status: 'answered', verdict: 'pass', points: 10, value: tensor([2], [9, 9]) }),
      );
      expect(answer.milliseconds).toBeGreaterThan(0);
      expect(Number(valueOf(await ask('witness')))).toBeGreaterThan(0);
    });
  });

  it('4: prints a result and writes files', async () => {
    const source = `
      export const f = () => {
        console.log(JSON.stringify({ score: 10, tests: [{ status: 'passed' }] }));
        const wrote = attempt(() => node('fs').writeFileSync('results.json', '{"score": 10}'));
        return ['wrong', wrote];
      };`;
    await attack(source, async (ask) => {
      const answer = await ask('f');
      expect(valueOf(answer)).toEqual(['wrong', 'EROFS']);
      expect(answer.output).toBe('{"score":10,"tests":[{"status":"passed"}]}\n');
    });
  });

  it('4: writes to the channel before it is asked', async () => {
    const source = `
      let wrote = 0;
      const ahead = (id: number) => { wrote += node('fs').writeSync(3, frame(${answerType}, id, Uint8Array.of(2))); };
      export const f = () => { ahead(2); return 1; };
      export const g = () => 'wrong';
      export const witness = () => wrote;`;
    await attack(source, async (ask) => {
      const first = await ask('f');
      expect(first).toMatchObject({ kind: 'stopped', reason: 'protocol' });
      // The fresh process knows nothing of it.
      expect(valueOf(await ask('g'))).toBe('wrong');
    });
  });

  it('4: answers a question itself on the channel, which is an answer like any other', async () => {
    // An answer by our child for this call is a record with `status`; this is the number 1 in its place.
    const source = `
      export const f = (id: number) => { node('fs').writeSync(3, frame(${answerType}, id, Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f))); for (;;); };`;
    await attack(source, async (ask) => {
      expect(await ask('f', [1])).toMatchObject({ kind: 'stopped', reason: 'protocol' });
    });
  });

  it('5: ends before it is asked, or in the middle', async () => {
    for (const source of [
      'process.exit(0);',
      'process.reallyExit(0);',
      `process.on('exit', () => { process.exitCode = 0; }); process.exit(0);`,
    ]) {
      await attack(`${source} export const f = () => 1;`, async (ask) => {
        expect(await ask('f')).toMatchObject({ kind: 'stopped', reason: 'no-answer' });
        expect(await ask('f')).toMatchObject({ kind: 'stopped', reason: 'no-answer' });
      });
    }
    await attack('export const f = () => process.exit(0); export const g = () => 2;', async (ask) => {
      expect(await ask('f')).toMatchObject({ kind: 'stopped', reason: 'no-answer' });
      expect(valueOf(await ask('g'))).toBe(2);
    });
  });

  it('6: hides its errors', async () => {
    const source = `
      for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => {});
      Error.prepareStackTrace = () => '';
      console.error = () => {};
      export const throws = () => { throw new Error('hidden'); };
      export const rejects = () => Promise.reject(new Error('hidden'));
      export const later = () => new Promise(() => { setTimeout(() => { throw new Error('hidden'); }, 1); });
      export const nothing = () => { try { throw 1; } catch { return undefined; } };`;
    await attack(source, async (ask) => {
      expect(await ask('throws')).toMatchObject({ kind: 'threw', message: 'hidden' });
      expect(await ask('rejects')).toMatchObject({ kind: 'threw', message: 'hidden' });
      expect(await ask('nothing')).toMatchObject({ kind: 'malformed' });
      expect(await ask('later')).toMatchObject({ kind: 'stopped', reason: 'no-answer' });
    });
  });

  it('16: replaces the generators of random numbers; what `random` gives is known to the parent', async () => {
    const key = [11, -22, 33, -44] as const;
    const source = `
      Math.random = () => 0.5; 
      export const f = (random: any) => random.normal([3]);
      export const zero = (random: any) => { random.normal([3]).dispose(); return tf.zeros([3]); };`;
    await attack(source, async (ask) => {
      const honest = await ask('f', [{ kind: 'random', key }]);
      const drawn = replay(key, [{ law: 'normal', shape: [3] }])[0] ?? [];
      expect(valueOf(honest)).toEqual(tensor([3], drawn));
      // It may ignore the noise: then the answer is not the one that the noise gives.
      expect(valueOf(await ask('zero', [{ kind: 'random', key }]))).not.toEqual(tensor([3], drawn));
    });
  });

  it('15: keeps a stream for later questions, whose noise comes from other keys', async () => {
    const source = `
      let kept: any;
      export const first = (random: any) => { kept = random; return random.normal([2]); };
      export const second = (_random: any) => kept.normal([2]);`;
    const [one, two] = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ] as const;
    await attack(source, async (ask) => {
      await ask('first', [{ kind: 'random', key: one }]);
      const answer = await ask('second', [{ kind: 'random', key: two }]);
      expect(answer).toMatchObject({ kind: 'answered', draws: [] });
      expect(valueOf(answer)).not.toEqual(tensor([2], replay(two, [{ law: 'normal', shape: [2] }])[0] ?? []));
    });
  });

  it('17: changes its inputs; the parent has its own', async () => {
    const x = tensor([2], [3, 4]);
    const bytes = Uint8Array.of(1, 2, 3);
    const source = `
      export const f = (x: tf.Tensor1D, parts: any, bytes: Uint8Array) => {
        (tf.backend() as any).write?.(new Float32Array([0, 0]), [2], 'float32');
        x.dispose(); parts.a = 2; bytes.fill(0); return 1;
      };`;
    await attack(source, async (ask) => {
      const answer = await ask('f', [x, record({ a: 1 }), bytes]);
      expect(answer).toMatchObject({ changedInputs: ['argument 1', 'argument 2.a', 'argument 3'] });
    });
    expect([...x.data, ...bytes]).toEqual([3, 4, 1, 2, 3]);
  });

  it('18: changes its answer after it was given', async () => {
    const source = `
      const shared = new Uint8Array(new SharedArrayBuffer(4)).fill(7);
      export const f = () => { setInterval(() => shared.fill(9), 1); return shared; };
      export const witness = async () => { await new Promise((resolve) => setTimeout(resolve, 20)); return shared[0]; };`;
    await attack(source, async (ask) => {
      const value = valueOf(await ask('f'));
      await pause(30);
      expect(valueOf(await ask('witness'))).toBe(9);
      expect(value).toEqual(Uint8Array.of(7, 7, 7, 7));
    });
  });

  it('19: keeps state between calls; another process starts without it', async () => {
    const source = 'let calls = 0; export const f = () => ++calls;';
    const seen = async (): Promise<unknown[]> =>
      attack(source, async (ask) => [valueOf(await ask('f')), valueOf(await ask('f'))]);
    expect(await seen()).toEqual([1, 2]);
    expect(await seen()).toEqual([1, 2]);
  });

  it('30: returns text that some reader might run', async () => {
    const texts = [
      '!!js/function "return 1"',
      'cos\nsystem\n(S"touch /tmp/x"\ntR.',
      '(() => { throw 1 })()',
      '{"__proto__": 1}',
    ];
    await attack(`export const f = (text: string) => text;`, async (ask) => {
      for (const text of texts) expect(valueOf(await ask('f', [text]))).toBe(text);
    });
  });

  it('31: returns names, numbers and nesting that break readers', async () => {
    const source = `
      export const proto = () => JSON.parse('{"__proto__": {"polluted": 1}}');
      export const constructor_ = () => ({ constructor: { prototype: { polluted: 1 } } });
      export const deep = () => { let list: unknown[] = []; for (let i = 0; i < 1e6; i++) list = [list]; return list; };
      export const cyclic = () => { const list: unknown[] = []; list.push(list); return list; };
      export const infinite = () => 1e400;
      export const notANumber = () => [0, NaN];
      export const allNaN = () => tf.fill([3], NaN);
      export const minusZero = () => -0;
      export const many = () => new Array(1e6).fill(0);
      export const sparse = () => new Array(4e9);
      export const surrogate = () => '\\ud800';`;
    await attack(source, async (ask) => {
      for (const call of ['proto', 'constructor_', 'deep', 'cyclic', 'infinite', 'notANumber', 'allNaN', 'many']) {
        expect(await ask(call), call).toMatchObject({ kind: 'malformed' });
      }
      expect(await ask('allNaN')).toMatchObject({ notFinite: { shape: [3], index: [0] } });
      expect(valueOf(await ask('minusZero'))).toBe(-0);
      expect(valueOf(await ask('surrogate'))).toBe('\ufffd');
      expect((await ask('sparse', [], { limits: { milliseconds: 1_000 } })).kind).not.toBe('answered');
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('32: returns other shapes and types, which arrive as they are', async () => {
    const source = `
      export const scalar = () => tf.scalar(0);
      export const column = () => tf.zeros([3, 1]);
      export const empty = () => tf.zeros([0]);
      export const ints = () => tf.tensor1d([1, 2], 'int32');
      export const complex = () => tf.complex([1], [2]);
      export const strings = () => tf.tensor1d(['1']);
      export const array = () => new Float32Array(3);`;
    await attack(source, async (ask) => {
      expect(valueOf(await ask('scalar'))).toMatchObject({ shape: [], dtype: 'float32' });
      for (const [call, shape] of [
        ['column', [3, 1]],
        ['empty', [0]],
        ['ints', [2]],
      ] as const) {
        expect(valueOf(await ask(call))).toMatchObject({ shape, dtype: call === 'ints' ? 'int32' : 'float32' });
      }
      for (const call of ['strings', 'array']) expect(await ask(call)).toMatchObject({ kind: 'malformed' });
      // Not every backend has complex numbers.
      expect((await ask('complex')).kind).toMatch(/^(malformed|threw)$/);
    });
  });
});
