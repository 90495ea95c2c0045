import { mkdirSync, readFileSync, writeFileSync, chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root, run, temporaryFolder, type Ended } from './command-line.js';

// The scripts of the action run in bash as GitHub runs them: inputs by the environment of the step, `bash -e -o pipefail`, the user's repository
// as the working folder.

interface Step {
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as Action;
const [, install, judge] = action.runs.steps;
const folder = temporaryFolder();
const repository = path.join(folder, 'notes of mine');
mkdirSync(path.join(repository, 'week 1'), { recursive: true });
writeFileSync(path.join(repository, 'wrong.md'), 'A $\\|u-v\\|^2 = \\|u\\|^2 + 2\\langle u, v \\rangle + \\|v\\|^2$\n');
writeFileSync(path.join(repository, 'right.md'), 'A $\\|u\\|^2 = u \\cdot u$\n');
writeFileSync(path.join(repository, 'open.md'), 'A $\\|u\\|^2 = \\zeta(u)$\n');

let runs = 0;
async function step(
  { run: script = '', env = {} }: Step,
  inputs: Readonly<Record<string, string>>,
  more: NodeJS.ProcessEnv = {},
): Promise<Ended & { summary: string }> {
  const given = Object.entries(env).map(([name, value]): [string, string] => [
    name,
    value.replace(/\$\{\{\s*inputs\.([\w-]+)\s*\}\}/g, (_, input: string): string => inputs[input] ?? action.inputs[input].default ?? ''), // prettier-ignore
  ]);
  const summary = path.join(folder, `summary-${runs++}.md`);
  const ended = await run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
    cwd: repository,
    env: { GITHUB_ACTION_PATH: root, GITHUB_STEP_SUMMARY: summary, ...Object.fromEntries(given), ...more },
  });
  return { ...ended, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '' };
}

describe('the GitHub action', () => {
  it('is composite, and names a shell for each script', () => {
    expect(action.runs.using).toBe('composite');
    for (const { run: script, shell, uses } of action.runs.steps)
      expect(script === undefined ? uses : shell).toMatch(/^(bash|actions\/setup-node@v\d+)$/);
  });

  it('installs what the lock file says, and builds, in its own folder', async () => {
    // A stand-in for npm tells what it is asked for; that npm does it, continuous integration shows.
    const bin = path.join(folder, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(path.join(bin, 'npm'), '#!/bin/sh\necho "$PWD: npm $*"\n');
    chmodSync(path.join(bin, 'npm'), 0o755);
    const { code, stdout } = await step(install, {}, { PATH: `${bin}:${process.env['PATH'] ?? ''}` });
    expect(code).toBe(0);
    const here = path.resolve(root);
    expect(stdout.trim().split('\n')).toEqual([`${here}: npm ci --silent`, `${here}: npm run --silent build`]);
  });

  it('annotates the false equation, writes the summary, and fails', async () => {
    const { code, stdout, summary } = await step(judge, { files: 'wrong.md right.md' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=wrong\.md,line=1,endLine=1,col=16,endColumn=\d+,title=false-equation::/);
    expect(stdout.trim().split('\n').length).toBe(1);
    expect(summary).toContain('## wrong.md');
    expect(summary).toContain('## right.md');
  });

  it('passes on what is right, over lines, and fails below the coverage asked for', async () => {
    expect((await step(judge, { files: 'right.md\nopen.md\n' })).code).toBe(0);
    expect((await step(judge, { files: 'right.md\nopen.md\n', 'min-coverage': '50' })).code).toBe(1);
  });

  it('takes no input for a command or an option', async () => {
    const { code, stderr } = await step(judge, { files: '$(touch${IFS}bad);`touch${IFS}bad2` --fix' });
    expect(code).toBe(2);
    expect(stderr).toContain('Expected');
    expect(existsSync(path.join(repository, 'bad')) || existsSync(path.join(repository, 'bad2'))).toBe(false);
  });

  it('is used by the workflow of the docs with inputs that it has', () => {
    const docs = readFileSync(path.join(root, 'docs/notes.md'), 'utf8');
    const workflows = [...docs.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => parse(text) as unknown);
    const steps = workflows.flatMap((each) => Object.values((each as { jobs?: Record<string, { steps: Step[] }> }).jobs ?? {}).flatMap((job) => job.steps)) as (Step & { with?: Record<string, string> })[]; // prettier-ignore
    const own = steps.filter(({ with: inputs }) => inputs !== undefined);
    expect(own.length).toBe(1);
    expect(Object.keys(own[0].with ?? {}).every((input) => input in action.inputs)).toBe(true);
  });
});

describe('the hook of pre-commit', () => {
  const [hook] = parse(readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8')) as { entry: string; language: string }[]; // prettier-ignore

  it('runs a script of this repository, which judges the files given', async () => {
    expect(hook.language).toBe('script');
    const copy = path.join(folder, 'copy');
    const made = await run('bash', ['-c', `mkdir -p "${copy}/scripts" && cp "${root}${hook.entry}" "${copy}/scripts/" && ln -s "${path.resolve(root)}/dist" "${copy}/dist.built" && mkdir "${copy}/dist" && cp -r "${path.resolve(root)}/dist/src" "${copy}/dist/src" && touch "${copy}/dist/complete" && cp "${root}package.json" "${copy}/" && ln -s "${path.resolve(root)}/node_modules" "${copy}/node_modules"`]); // prettier-ignore
    expect(made.code, made.stderr).toBe(0);
    const script = path.join(copy, hook.entry);
    expect((await run(script, ['right.md'], { cwd: repository })).code).toBe(0);
    const wrong = await run(script, ['wrong.md', 'right.md'], { cwd: repository });
    expect([wrong.code, wrong.stdout]).toEqual([1, expect.stringContaining('wrong.md:1:16')]);
  });
});
