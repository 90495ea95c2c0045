import { expect, it } from 'vitest';
import * as confusions from '../../src/claims/confusions.js';
import { claims } from '../../src/claims/index.js';

it('says of each claim what the claim says: `npm run schema` writes it anew', () => {
  const written = Object.values(confusions);
  expect(written.map(({ id }) => id).sort()).toEqual(claims.map(({ id }) => id).sort());
  for (const { id, falseVariants } of claims) {
    const found = written.find((each) => each.id === id);
    expect(found?.falseVariants, id).toEqual(
      falseVariants.map(({ id: variant, mistake }) => ({ id: variant, mistake })),
    );
  }
});
