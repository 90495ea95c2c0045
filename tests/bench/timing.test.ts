import { expect, test } from 'vitest';
import { alternate, here, median } from '../../bench/timing.js';

test('tasks take turns, and the first round is not counted', async () => {
  const order: string[] = [];
  const times = [9, 1, 5, 3];
  const medians = await alternate(
    {
      a: () => {
        order.push('a');
        return times[order.filter((name) => name === 'a').length - 1];
      },
      b: () => {
        order.push('b');
        return Promise.resolve(2);
      },
    },
    3,
  );
  expect(order.join('')).toBe('abababab');
  expect(medians).toEqual({ a: 3, b: 2 });
});

test('medians of odd and even numbers of values', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('a task of this process is timed', () => {
  let ran = 0;
  expect(here(() => ran++)()).toBeGreaterThanOrEqual(0);
  expect(ran).toBe(1);
});
