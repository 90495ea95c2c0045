import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay, streamKey } from '../../../src/sandbox/draws.js';
import type { Draw } from '../../../src/sandbox/question.js';
import { operations, program, type Node, type Operation, type Program } from '../../../src/sandbox/program.js';
import { tensor, type TensorValue } from '../../../src/sandbox/tensor-value.js';
import { isKind, record, type StreamKey } from '../../../src/sandbox/value.js';
import { newCounter, programFunction } from '../../../src/sandbox/interpreter.js';
import { fromTensor } from '../../../src/sandbox/marshal.js';
import { tf, type Tensor } from '../../../src/tensorflow/tensorflow.js';
import { testSeed } from '../../seed.js';
import { valueOf } from '../attacks/laboratory.js';
import { linear } from '../programs.js';
import { pythonLaboratory } from './laboratory.js';

const attack = pythonLaboratory('full');

const tensorOf = (value: ReturnType<typeof valueOf>): TensorValue => {
  if (isKind(value, 'tensor')) return value;
  throw new Error(`Expected a tensor, got ${JSON.stringify(value)}.`);
};

describe('random in Python', () => {
  it('draws what the parent replays, bit for bit, in any order of laws and shapes', async () => {
    const source = `
def drawn(random, laws, shapes):
    return {f"d{i:03d}": getattr(random, law)(shape) for i, (law, shape) in enumerate(zip(laws, shapes))}`;
    const draw = fc.record({
      law: fc.constantFrom('normal' as const, 'uniform' as const, 'rademacher' as const),
      shape: fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 3 }),
    });
    await attack(source, async (ask) => {
      const agrees = async (seed: number, draws: readonly Draw[]): Promise<void> => {
        const key = streamKey(seed, 'property');
        const shapes = draws.map(({ shape }) => shape.map((value) => ({ kind: 'integer' as const, value })));
        const answer = await ask('drawn', [{ kind: 'random', key }, draws.map(({ law }) => law), shapes]);
        const value = valueOf(answer);
        if (!isKind(value, 'record')) throw new Error('Expected a record.');
        const expected = replay(key, draws);
        draws.forEach((_, i) => {
          const got = tensorOf(value.fields[`d${String(i).padStart(3, '0')}`] ?? null);
          // The bits, so that −0 and 0 differ.
          expect([...new Int32Array(Float32Array.from(got.data).buffer)]).toEqual([
            ...new Int32Array((expected[i] ?? new Float32Array()).slice().buffer),
          ]);
        });
        expect(answer).toMatchObject({ draws });
      };
      await fc.assert(fc.asyncProperty(fc.integer(), fc.array(draw, { maxLength: 12 }), agrees), { numRuns: 100 });
      // Many numbers of each law, so that every branch of the logarithm is met.
      await agrees(testSeed, [
        { law: 'normal', shape: [100_001] },
        { law: 'uniform', shape: [50_000] },
        { law: 'rademacher', shape: [50_000] },
        { law: 'normal', shape: [3, 5] },
      ]);
    });
  });
});

describe('random and numpy.random without a generator of their own', () => {
  const source = `
import random as module
at_load = (module.random(), np.random.standard_normal())

def chances():
    return np.array([*at_load, module.random(), np.random.standard_normal(), np.random.default_rng(int(np.random.randint(1 << 30))).random()], np.float32)`;
  const chances = (): Promise<readonly (readonly number[])[]> =>
    attack(source, async (ask) => {
      const drawn = async (...key: StreamKey) => [
        ...tensorOf(valueOf(await ask('chances', [], { chance: { kind: 'random', key } }))).data,
      ];
      return [await drawn(1, -2, 3, 4), await drawn(1, -2, 3, 5), await drawn(1, -2, 3, 4)];
    });

  it('begin anew with each question that brings a stream, in every process', async () => {
    const [first, other, again] = await chances();
    expect(again).toEqual(first);
    const [[...loaded], [...asked]] = [first.slice(0, 2), first.slice(2)];
    expect(other.slice(0, 2)).toEqual(loaded);
    other.slice(2).forEach((value, i) => {
      expect(value).not.toBe(asked[i]);
    });
    expect(await chances()).toEqual([first, other, again]);
  });
});

// Entries away from 0 and from each other, so that no operation is at a kink.
const a = tf.tensor2d([
  [0.5, -1.25],
  [2, 0.75],
]);
const b = tf.tensor2d([
  [1.5, 0.25],
  [-0.5, 3],
]);
const numbersOf: Partial<Record<Operation, readonly number[]>> = {
  matMul: [1, 0],
  power: [3],
  affine: [2, -1],
  sum: [0],
  reshape: [-1],
  transpose: [1, 0],
  slice: [1, 1, 1],
  concat: [0],
  expandDims: [1],
};
const positive = new Set<Operation>(['sqrt', 'log', 'log1p']);
const two = new Set<Operation>(['add', 'sub', 'mul', 'div', 'matMul', 'reshapeLike', 'concat']);

/** op(|a|) or op(a, a * b), so that the derivative goes through both operands. */
function single(op: Operation): Program {
  return program('f', { inputs: { a: undefined, b: undefined } }, (p, x, y) => {
    const first = positive.has(op) ? p.op('abs', [x]) : x;
    const operands = two.has(op) ? [first, p.op('mul', [x, y])] : [first];
    const numbers = numbersOf[op];
    return (p.op as (...args: unknown[]) => Node)(op, operands, ...(numbers === undefined ? [] : [numbers]));
  });
}

describe('a program in Python', () => {
  it.each(Object.keys(operations) as Operation[])(
    '%s has the value and the derivative that TensorFlow.js has',
    async (op) => {
      const made = single(op);
      const counter = newCounter();
      const f = programFunction(tf, made, { parameters: [], counter, called: () => {} });
      const wanted = f(a, b);
      const v = tf.sin(tf.range(1, wanted.size + 1)).reshape(wanted.shape);
      const wantedProduct = tf.grad((x) => f(x, b).mul(v).sum())(a);
      const source = `
def f(g, a, b, v):
    return {"value": g(a, b), "product": g.vjp(a, b, v)}`;
      await attack(source, async (ask) => {
        const answer = await ask('f', [made, fromTensor(a), fromTensor(b), fromTensor(v)]);
        const value = valueOf(answer);
        if (!isKind(value, 'record')) throw new Error('Expected a record.');
        for (const [name, expected] of Object.entries<Tensor>({ value: wanted, product: wantedProduct })) {
          const got = tensorOf(value.fields[name] ?? null);
          expect(got.shape).toEqual(expected.shape);
          // Values are below 32 and TensorFlow.js rounds fewer than 20 times, each by at most 2⁻²⁴ of the largest term; Python rounds once.
          const numbers = expected.dataSync();
          got.data.forEach((each, i) =>
            expect(Math.abs(each - (numbers[i] ?? NaN)), name).toBeLessThan(21 * 2 ** -24 * 32),
          );
        }
        expect(answer).toMatchObject({ programs: [{ calls: 2, products: 1, productRows: 2 }] });
      });
    },
  );

  it('checks what it is called with, and says where in the file', async () => {
    const source = `
def f(score, x):
    return score(x)
def g(score, x):
    return score.vjp(x, x[:1])`;
    await attack(source, async (ask) => {
      const wrong = tensor([2, 3], [1, 2, 3, 4, 5, 6]);
      expect(await ask('f', [linear, wrong])).toMatchObject({
        kind: 'threw',
        message: 'score expected x of shape [n, 2], got [2, 3].',
        place: { file: 'submission.py', text: '    return score(x)' },
      });
      expect(await ask('f', [linear, 3])).toMatchObject({ message: 'score expected a numpy array as x, got float.' });
      expect(await ask('g', [linear, tensor([2, 2], [1, 2, 3, 4])])).toMatchObject({
        message: 'score.vjp expected v of shape [2, 2], got [1, 2].',
      });
    });
  });
});

describe('values in Python', () => {
  it('are arrays, dicts in snake case, whole numbers for counts; what is returned comes back as float32', async () => {
    const source = `
def f(grid, shape, word):
    assert isinstance(grid["steps"], int) and isinstance(grid["t_end"], float) and shape == [2, 3] and word == "vp"
    return {"mean": np.ones(shape), "std_dev": np.float64(0.1), "loss": 2.5}`;
    const grid = record({ steps: { kind: 'integer', value: 4 }, tEnd: 0 });
    const shape = [2, 3].map((value) => ({ kind: 'integer' as const, value }));
    await attack(source, async (ask) => {
      expect(valueOf(await ask('f', [grid, shape, 'vp']))).toEqual(
        record({ mean: tensor([2, 3], [1, 1, 1, 1, 1, 1]), stdDev: tensor([], [0.1]), loss: tensor([], [2.5]) }),
      );
    });
  });

  it.each([
    ['np.arange(3)', 'float32 or float64', 'an array of int64'],
    ['np.array(["x"], dtype=object)', 'float32 or float64', 'an array of object'],
    ['[1.0, 2.0]', 'a numpy array', 'list'],
    ['None', 'a numpy array', 'None (is a return missing?)'],
    ['3', 'a numpy array', 'int'],
  ])('%s is no answer', async (expression, expected, got) => {
    await attack(`def f():\n    return ${expression}`, async (ask) => {
      expect(await ask('f')).toMatchObject({ kind: 'malformed', path: 'value', expected, got });
    });
  });

  it('that are not finite are told with their place, and arguments that were changed by their names', async () => {
    const source = `
def nan():
    return np.array([[0.0, 1.0], [2.0, np.nan]])
def large():
    return np.array([1e300])
def change(sde):
    sde["means"] += 1
    return sde["means"]`;
    await attack(source, async (ask) => {
      expect(await ask('nan')).toMatchObject({ kind: 'malformed', notFinite: { shape: [2, 2], index: [1, 1] } });
      expect(await ask('large')).toMatchObject({ kind: 'malformed', notFinite: { index: [0] } });
      expect(await ask('change', [record({ means: tensor([1], [1]) })])).toMatchObject({
        changedInputs: ['argument 1.means'],
      });
    });
  });

  it('a module with an error in it answers every question with that error and its place', async () => {
    await attack('def f(:\n    pass', async (ask) => {
      expect(await ask('f')).toMatchObject({
        kind: 'threw',
        name: 'SyntaxError',
        place: { file: 'submission.py', text: 'def f(:' },
      });
    });
    await attack('import scipy', async (ask) => {
      expect(await ask('f')).toMatchObject({
        name: 'ImportError',
        message: 'Only numpy, torch, the standard library and files of the submission can be imported, found "scipy".',
      });
    });
  });
});
