/** A submission that does not answer but tries something; `code` takes the place of one task, whose right function is `right`. */
export interface Attack {
  readonly id: string;
  /** Which tasks it loses: the one that it is put into, or all. */
  readonly loses: 'task' | 'all';
  /** TypeScript in front of the solution. */
  readonly before?: string;
  /** The body of the task's function, with `given` for its arguments. */
  readonly body: string;
  /** Calls that it behaves for: it is put only into tasks that are asked oftener. */
  readonly calls?: number;
}

/** Of what a grader must survive, what any task can be given; the attacks on single layers are tests of the sandbox. */
export const attacks: readonly Attack[] = [
  { id: 'exits before it is asked', loses: 'all', before: 'process.exit(0);', body: 'return right(...given);' },
  {
    id: 'patches what the judge could use',
    loses: 'task',
    body: `
      Math.sqrt = () => 0; Math.abs = () => 0; Array.prototype.every = () => true; JSON.stringify = () => '{}';
      tf.Tensor.prototype.sub = () => tf.scalar(0); globalThis.Float32Array = null;
      throw new Error('gone');`,
  },
  {
    id: 'returns an object that judges itself',
    loses: 'task',
    body: 'return new Proxy({}, { get: () => () => true, has: () => true, getOwnPropertyDescriptor: () => undefined });',
  },
  { id: 'returns a promise that never settles', loses: 'task', body: 'return { then() {} };' },
  {
    id: 'writes a result of its own',
    loses: 'task',
    body: `
      console.log(JSON.stringify({ score: 10, tests: [{ status: 'passed' }] }));
      process.getBuiltinModule?.('fs').writeSync(3, new Uint8Array(64).fill(115));
      process.exit(0);`,
  },
  {
    id: 'is right for its first calls',
    loses: 'task',
    before: 'globalThis.calls = 0;',
    calls: 12,
    body: 'if (globalThis.calls++ < 10) return right(...given); throw new Error("no more");',
  },
  { id: 'never ends', loses: 'task', body: 'for (;;);' },
  {
    id: 'takes all memory',
    loses: 'task',
    body: 'const kept = []; for (;;) kept.push(new Float64Array(4e6).fill(kept.length));',
  },
];

/** The function `name` of a submission that attacks. */
export const attackCode = ({ body }: Attack, name: string): string => `
export function ${name}(...given) {
  const right = ${name};
  ${body}
}`;
