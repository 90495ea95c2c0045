import { describe, expect, it } from 'vitest';
import { WrongUse } from '../../src/cli/failure.js';
import { named } from '../../src/cli/suggest.js';
import { nearest } from '../../src/grade/nearest.js';

const claims = [{ id: 'esm-equals-ism' }, { id: 'dsm-equals-esm' }, { id: 'tweedie' }, { id: 'tweedie-vp' }];

describe('named', () => {
  it('finds by the whole id', () => {
    expect(named(claims, 'tweedie', 'claim')).toBe(claims[2]);
  });

  it('names the nearest ids otherwise', () => {
    expect(() => named(claims, 'twedie', 'claim')).toThrow(
      new WrongUse(
        'Expected the id of a claim, got "twedie". Did you mean tweedie or tweedie-vp? `scorecheck claims` lists them all.',
      ),
    );
  });

  it('suggests nothing where nothing is near', () => {
    expect(() => named(claims, 'zzzzzz', 'claim')).toThrow(
      new WrongUse('Expected the id of a claim, got "zzzzzz". `scorecheck claims` lists them all.'),
    );
  });
});

describe('nearest', () => {
  it.each([
    ['esm-equal-ism', ['esm-equals-ism', 'dsm-equals-esm']],
    ['equals', ['esm-equals-ism', 'dsm-equals-esm']],
    ['', []],
  ])('%s', (name, expected) => {
    expect(
      nearest(
        name,
        claims.map(({ id }) => id),
      ),
    ).toEqual(expected);
  });
});
