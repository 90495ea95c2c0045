import { describe, expect, it } from 'vitest';
import { anonymous } from '../../../src/course/picture/anonymous.js';
import { classStatistics } from '../../../src/course/picture/statistics.js';
import { classRunSchema } from '../../../src/course/result.js';
import { classOf } from '../class.js';

describe('anonymous', () => {
  const run = classOf(12);
  const hidden = anonymous(run);

  it('leaves no id, name, group, place or output in what it gives', () => {
    const text =
      JSON.stringify(hidden.attempts.map(({ key: _key, digest: _digest, ...rest }) => rest)) +
      JSON.stringify({ ...hidden, attempts: [], marks: [] });
    for (const { id, name, group } of run.students) {
      for (const word of [id, name, group ?? id]) expect(text).not.toContain(JSON.stringify(word).slice(1, -1));
    }
    expect(text).not.toContain('submissions/');
  });

  it('keeps the shape and the picture of the class', () => {
    expect(() => classRunSchema.parse(hidden)).not.toThrow();
    const { slow: _slow, ...before } = classStatistics(run);
    const { slow: _other, ...after } = classStatistics(hidden);
    expect(after).toEqual(before);
  });

  it('numbers students in an order that is not the order of the roster, the same each time', () => {
    expect(anonymous(run)).toEqual(hidden);
    const points = hidden.totals.map(({ points: p }) => p);
    expect(hidden.students.map(({ id }) => hidden.totals.find(({ student }) => student === id)?.points)).not.toEqual(
      points,
    );
  });
});
