import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Verification } from '../../src/verify/result.js';
import { quickClaim, root, scorecheck, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const schema = JSON.parse(readFileSync(path.join(root, 'schema', 'verify.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true }).compile<Verification>(schema);

/** A claim with random draws. */
const randomClaim = 'score-mean-zero';

function parsed(json: string): Verification {
  const data: unknown = JSON.parse(json);
  if (!validate(data)) throw new Error(JSON.stringify(validate.errors, null, 2));
  return data;
}

const withoutTimes = (json: string): string => json.replace(/,?\s*"milliseconds": [\d.e+-]+/g, '');

describe('scorecheck verify', () => {
  it('prints JSON that the published schema describes, and nothing else, to standard output', async () => {
    const cwd = path.join(folder, 'nothing is written here');
    writeFileSync(path.join(folder, 'package.json'), '{}');
    const { code, stdout, stderr } = await scorecheck(
      ['verify', '--quick', '--claim', quickClaim, '--seed', '11', '--json', '-'],
      { cwd: folder },
    );
    expect(stderr).toMatch(/^backend {2}(native|wasm)/m);
    expect(stderr).toMatch(/^data {5}(MNIST|drawn digits, not MNIST) \(/m);
    expect(stderr).toMatch(/^seed {5}11; a quick run/m);
    expect(stderr).toContain(`[1/1] ${quickClaim}`);
    expect(stderr).toContain('1 claim: 1 supported');
    const verification = parsed(stdout);
    expect(verification).toMatchObject({ seed: 11, quick: true, claims: [{ id: quickClaim, verdict: 'supported' }] });
    expect(code).toBe(0);
    expect(existsSync(cwd)).toBe(false);
    expect(existsSync(path.join(folder, 'reports'))).toBe(false);
  });

  it('writes the report to reports/, prints the table and says where the report is', async () => {
    const { code, stdout, stderr } = await scorecheck(['verify', '--quick', '--claim', quickClaim], { cwd: folder });
    expect(stdout).toContain(quickClaim);
    expect(stdout).toContain('1 claim: 1 supported, 0 refuted, 0 inconclusive');
    expect(stderr).toContain('Report: reports/theory.md, reports/theory.html, reports/theory.json');
    const reports = path.join(folder, 'reports');
    parsed(readFileSync(path.join(reports, 'theory.json'), 'utf8'));
    expect(readFileSync(path.join(reports, 'theory.md'), 'utf8')).toContain(quickClaim);
    expect(readFileSync(path.join(reports, 'theory.html'), 'utf8')).toContain('<!doctype html>');
    expect(code).toBe(0);
  });

  it('says the same in one process and in two, digits and random draws included', async () => {
    const args = ['verify', '--quick', '--claim', randomClaim, 'score-ignores-normaliser', quickClaim, '--json', '-'];
    const [one, two] = [await scorecheck([...args, '--jobs', '1']), await scorecheck([...args, '--jobs', '2'])];
    expect(withoutTimes(two.stdout)).toBe(withoutTimes(one.stdout));
    expect(parsed(two.stdout).claims).toHaveLength(3);
    expect(two.stderr).toMatch(/^\[3\/3\] /m);
    expect((await scorecheck([...args, '--jobs', '0'])).code).toBe(2);
  });

  it('with one seed gives the same bytes twice, apart from times; with another seed other draws', async () => {
    const json = (name: string) => path.join(folder, `${name}.json`);
    const args = ['verify', '--quick', '--claim', randomClaim];
    await scorecheck([...args, '--seed', '5', '--json', json('one')]);
    await scorecheck([...args, '--seed', '5', '--out', path.join(folder, 'two'), '--format', 'json']);
    await scorecheck([...args, '--seed', '6', '--json', json('other')]);
    expect(readdirSync(path.join(folder, 'two'))).toEqual(['theory.json']);
    const [one, two, other] = [json('one'), path.join(folder, 'two', 'theory.json'), json('other')].map((file) =>
      withoutTimes(readFileSync(file, 'utf8')),
    );
    expect(two).toBe(one);
    const estimates = (text: string) =>
      parsed(text).claims.flatMap(({ settings }) =>
        settings.flatMap(({ evidence }) => evidence.flatMap(({ sequential }) => sequential?.looks ?? [])),
      );
    expect(estimates(one)).not.toEqual([]);
    expect(estimates(other)).not.toEqual(estimates(one));
  });

  it('runs on WebAssembly, and the head says so', async () => {
    const { code, stdout, stderr } = await scorecheck(['verify', '--quick', '--claim', quickClaim, '--json', '-'], {
      env: { SCORECHECK_BACKEND: 'wasm' },
    });
    expect(stderr).toMatch(/^backend {2}wasm/m);
    const { backend, data, claims } = parsed(stdout);
    expect(backend).toMatchObject({ name: 'wasm', reason: 'SCORECHECK_BACKEND=wasm asks for WebAssembly.' });
    expect(data.images).toBe(2_000);
    expect(claims[0].verdict).toBe('supported');
    expect(code).toBe(0);
  });

  it('a broken MNIST is wrong use: the file, the byte and what was expected', async () => {
    const mnist = temporaryFolder();
    for (const name of ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1']) {
      writeFileSync(path.join(mnist, `${name}-ubyte`), Buffer.from([0, 0, 8, name.endsWith('3') ? 3 : 1, 0, 0, 0, 9]));
    }
    const { code, stdout, stderr } = await scorecheck(['verify', '--json', '-'], { env: { MNIST_DIR: mnist } });
    expect(stderr).toContain(path.join(mnist, 'train-images-idx3-ubyte'));
    expect(stderr).toMatch(/expected .*, found .*, at byte \d+\./);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('SCORECHECK_BACKEND=native in an environment that cannot have it is wrong use', async () => {
    const { code, stdout, stderr } = await scorecheck(['verify', '--json', '-', '--claim', quickClaim], {
      env: {
        SCORECHECK_BACKEND: 'native',
        SCORECHECK_CACHE: temporaryFolder(),
        SCORECHECK_TENSORFLOW_WHEEL: '/no/such.whl',
      },
    });
    expect(stderr).toContain('SCORECHECK_BACKEND=native asks for a backend that cannot be had here.');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('without the native backend goes on with WebAssembly and says why', async () => {
    const { code, stdout, stderr } = await scorecheck(['verify', '--quick', '--json', '-', '--claim', quickClaim], {
      env: { SCORECHECK_CACHE: temporaryFolder(), SCORECHECK_TENSORFLOW_WHEEL: '/no/such.whl' },
    });
    expect(stderr).toContain('Going on with WebAssembly, which is slower:');
    expect(stderr).toContain('/no/such.whl');
    expect(parsed(stdout).backend).toMatchObject({ name: 'wasm' });
    expect(parsed(stdout).backend.reason).toContain('/no/such.whl');
    expect(code).toBe(0);
  });
});
