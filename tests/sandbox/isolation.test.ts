import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { submission } from './submission.js';

// The facts are what the submission itself sees; it uses what every Node process has, since its imports are restricted.
const source = `
const fs = process.getBuiltinModule('node:fs');
export const user = () => process.getuid();
export const environment = () => Object.keys(process.env).sort();
export const files = (folder: string) => { try { return fs.readdirSync(folder).sort(); } catch { return 'none'; } };
export const status = () => fs.readFileSync('/proc/self/status', 'utf8');
export const limits = () => fs.readFileSync('/proc/self/limits', 'utf8');
`;

const isRoot = process.getuid?.() === 0;

describe.each(['full', 'weak'] as const)('with %s isolation', (level) => {
  let sandbox: Sandbox;
  let facts: Awaited<ReturnType<typeof look>>;

  async function look() {
    await using run = sandbox.run(await submission(source));
    const ask = async (call: string, ...values: string[]): Promise<unknown> => {
      const answer = await run.ask({ call, arguments: values });
      return answer.kind === 'answered' ? answer.value : answer.kind;
    };
    return {
      user: await ask('user'),
      environment: await ask('environment'),
      root: await ask('files', '/'),
      home: await ask('files', process.cwd()),
      status: await ask('status'),
      limits: await ask('limits'),
    };
  }

  beforeAll(async () => {
    sandbox = await openSandbox({ env: process.env, isolation: level, warm: 1 });
    facts = await look();
  });

  afterAll(() => sandbox[Symbol.asyncDispose]());

  it('says what is in force', () => {
    expect(sandbox.isolation.level).toBe(level);
    if (level === 'full') expect(sandbox.isolation).not.toHaveProperty('reason');
    else expect(sandbox.isolation.reason).toBe('bubblewrap is left out on purpose.');
  });

  it('gives the submission no environment but the harness’s own', () => {
    const known = [
      'HOME',
      'PWD',
      'SCORECHECK_BACKEND',
      'SCORECHECK_CACHE',
      'SCORECHECK_PACKED',
      'TF_CPP_MIN_LOG_LEVEL',
      'OLDPWD',
      '_',
      'SHLVL',
    ];
    expect((facts.environment as string[]).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('runs it as another user where ours is root', () => {
    if (isRoot) expect(facts.user).toBeGreaterThanOrEqual(1_900_000_000);
    else expect(facts.user).not.toBe(0);
  });

  it('shows it no folder of ours', () => {
    expect(facts.home).toBe('none');
    if (level === 'full') expect(facts.root).toEqual(expect.arrayContaining(['app', 'proc']));
    if (level === 'full') expect(facts.root).not.toEqual(expect.arrayContaining(['home', 'root', 'tmp', 'work']));
  });

  it('takes its rights away', () => {
    if (level === 'weak') return; // the permission model of Node lets it read no such file
    expect(facts.status).toMatch(/^CapEff:\s+0+$/m);
    expect(facts.status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(facts.status).toMatch(/^Seccomp:\s+2$/m);
    expect(facts.limits).toMatch(/^Max file size\s+0 /m);
    expect(facts.limits).toMatch(/^Max core file size\s+0 /m);
  });
});
