import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, scorecheck, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();

describe('help', () => {
  it('lists commands, examples, exit codes and environment variables', async () => {
    const { code, stdout, stderr } = await scorecheck(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [
      ...['verify', 'claims', 'setup', 'doctor', 'data', 'Examples:', 'Exit codes:'],
      ...['MNIST_DIR', 'SCORECHECK_BACKEND', 'SCORECHECK_CACHE', 'SCORECHECK_TENSORFLOW_WHEEL'],
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it.each([['verify'], ['claims'], ['claims', 'show'], ['setup'], ['doctor'], ['data', 'mnist']])(
    '%s %s names the one scheme of output options',
    async (...command) => {
      const { code, stdout } = await scorecheck([...command, '--help']);
      expect(code).toBe(0);
      for (const option of ['--format', '--out', '--json']) expect(stdout).toContain(option);
    },
  );

  it('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    expect(await scorecheck(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});

describe('what needs no TensorFlow.js does not load it', () => {
  const preload = path.join(folder, 'preload.cjs');
  writeFileSync(
    preload,
    `process.on('exit', () => require('node:fs').writeFileSync(process.env.LOADED, Object.keys(require.cache).join('\\n')));`,
  );

  it.each([
    [['--help'], false],
    [['verify', '--help'], false],
    [['setup'], false],
    [['verify', '--seed', 'x'], false],
    [['claims'], true],
  ])('%j', async (args, loads) => {
    const file = path.join(folder, `loaded-${args.join('')}`);
    await scorecheck(args, {
      env: { SCORECHECK_BACKEND: 'wasm', NODE_OPTIONS: `--require "${preload}"`, LOADED: file },
    });
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8').includes('@tensorflow')).toBe(loads);
  });
});

describe('wrong use ends with exit code 2 and says what was expected', () => {
  const file = path.join(folder, 'a file');
  writeFileSync(file, 'as it was');

  it.each<[readonly string[], string]>([
    [[], 'Usage: scorecheck'],
    [['verfy'], 'Did you mean verify?'],
    [['verify', '--quik'], 'Did you mean --quick?'],
    [['verify', '--seed', '1.5'], 'Expected a whole number from 0 to 9007199254740991.'],
    [['verify', '--seed', '-1'], 'Expected a whole number from 0 to 9007199254740991.'],
    [['verify', 'esm-equals-ism'], 'too many arguments'],
    [['verify', '--out', file], `Expected --out to name a folder that can be written, got ${file}`],
    [['verify', '--out', path.join(file, 'below')], 'Expected --out to name a folder that can be written'],
    [['verify', '--json', folder], `Expected --json to name a file, got the folder ${folder}.`],
    [['verify', '--format', 'pdf'], 'Expected --format to list md, html, json, got "pdf".'],
    [['claims', '--format', 'pdf'], 'Expected --format text or --format json, got "pdf".'],
    [
      ['claims', 'show', 'score-is-log-gradint'],
      'Expected the id of a claim, got "score-is-log-gradint". Did you mean score-is-log-gradient',
    ],
    [
      ['verify', '--json', '-', '--claim', 'score-is-log-gradint'],
      'Expected the id of a claim, got "score-is-log-gradint". Did you mean score-is-log-gradient',
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await scorecheck(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at '); // no stack
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readFileSync(file, 'utf8')).toBe('as it was');
  });

  it('a backend that there is not', async () => {
    const { code, stderr } = await scorecheck(['setup'], { env: { SCORECHECK_BACKEND: 'cuda' } });
    expect(stderr).toContain('Expected SCORECHECK_BACKEND to be native or wasm, got "cuda".');
    expect(code).toBe(2);
  });
});
