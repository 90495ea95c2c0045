import { describe, expect, it } from 'vitest';
import { withoutTask, withPythonTask, withTask } from '../../../bench/class/sources.js';
import { wrongTasks } from '../../../bench/class/truth.js';
import { packed, unpacked } from '../../../bench/class/packed.js';

const solution = `export function one(x: number) {\n  return x + 1;\n}\nexport function two(x: number) {\n  return one(one(x));\n}\n`;

describe('a synthetic submission', () => {
  it('changes one task, and what calls it goes on with the right one', () => {
    const changed = withTask(solution, 'one', '\nexport function one(x) {\n  return one(x) - 5;\n}');
    expect(changed).toContain('function one(x: number)');
    expect(changed).not.toContain('export function one');
    expect(changed).toContain('export { oneHandedIn as one };');
    expect(changed).toContain('return one(one(x));');
    expect(() => withTask(solution, 'three', 'export function three() {}')).toThrow(/three/);
    expect(withoutTask(solution, 'one')).not.toContain('export function one');
  });

  it('does the same in Python', () => {
    const changed = withPythonTask(
      'def one(x):\n    return x + 1\n\ndef two(x):\n    return one(one(x))\n',
      'one',
      'right(*given) * 2',
    );
    expect(changed).toContain('return _one(_one(x))');
    expect(changed).toContain('def one(*given):\n    right = _one\n');
  });
});

describe('the truth about a grade', () => {
  const task = (name: string, points: number | null, verdict: 'pass' | 'fail' | 'undecided' | 'fault') => ({
    ...{ name, points, maxPoints: 2, verdict, properties: [], diagnosis: [], message: '' },
    ...{ counterexample: null, warnings: [], output: '', seed: 1, again: '' },
  });

  it('is that one task fails and no other loses points', () => {
    const found = (...tasks: ReturnType<typeof task>[]) => wrongTasks({ failing: ['one'] }, { tasks });
    expect(found(task('one', 1, 'fail'), task('two', 2, 'undecided'))).toEqual([]);
    expect(found(task('one', 2, 'pass'))).toHaveLength(1);
    expect(found(task('one', 2, 'undecided'))).toHaveLength(1);
    expect(found(task('one', null, 'fault'))).toHaveLength(1);
    expect(found(task('one', 0, 'fail'), task('two', 1, 'fail'))).toHaveLength(1);
    expect(found(task('one', 0, 'fail'), task('two', null, 'fault'))).toHaveLength(1);
  });
});

it('packs byte strings and finds them again', () => {
  const parts = [Buffer.from('a'), Buffer.alloc(0), Buffer.from([0, 255, 7])];
  expect(unpacked(packed(parts))).toEqual(parts);
});
