import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { folderTree } from '../../src/course/source/folder-tree.js';
import type { HandIn } from '../../src/course/source/hand-in.js';
import { handIns, layoutOf, unwrapped } from '../../src/course/source/layouts.js';
import { submissionsIn } from '../../src/course/source/submission-files.js';
import { classLimits, studentLimits, type Tree } from '../../src/course/source/tree.js';
import { zipTree } from '../../src/course/source/zip-tree.js';
import { takeIn } from '../../src/course/take-in.js';
import { course, exercise, keys, setting } from './course.js';

const folder = mkdtempSync(path.join(tmpdir(), 'scorecheck-sources-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const tree = (files: Readonly<Record<string, string>>): Tree => ({
  files: Object.entries(files).map(([name, text]) => ({
    path: name,
    size: text.length,
    read: () => Promise.resolve(Buffer.from(text)),
  })),
  refused: [],
});
async function zipped(files: Readonly<Record<string, string | Buffer>>, mode?: number): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), name, mode === undefined ? {} : { mode });
  zip.end();
  return buffer(zip.outputStream);
}
/** The same bytes with another name of the same length, which a well-behaved writer would refuse. */
const renamed = (zip: Buffer, from: string, to: string): Buffer =>
  Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
const handIn = (files: Tree): HandIn => ({ place: 'here', people: [], submitted: null, ...files });
const wanted = { exercises: [exercise], languages: ['typescript', 'javascript'] as const };
const nobody = (): boolean => false;
const context = { timezone: 'Asia/Taipei', groups: [], worksheets: [], canvasIds: new Set(['1001', '1002']) };

describe('a link in a folder (attack 27)', () => {
  it('is not followed, soft or hard', async () => {
    const place = path.join(folder, 'links');
    mkdirSync(path.join(place, 'real'), { recursive: true });
    writeFileSync(path.join(folder, 'secret.ts'), 'secret');
    symlinkSync(path.join(folder, 'secret.ts'), path.join(place, 'a.ts'));
    symlinkSync(folder, path.join(place, 'b'));
    linkSync(path.join(folder, 'secret.ts'), path.join(place, 'real', '04-c.ts'));
    const found = await folderTree(place, studentLimits);
    expect(found.refused).toEqual([
      { path: 'a.ts', reason: 'it is a link' },
      { path: 'b', reason: 'it is a link' },
    ]);
    await expect(found.files[0].read()).rejects.toThrow('hard links');
  });
});

describe('a zip (attacks 27 and 28)', () => {
  it.each([
    ['../x.ts', 'xx/x.ts'],
    ['/a/x.ts', 'xx/x.ts'],
    ['a\\x.ts', 'xx/x.ts'.slice(1)],
  ])('that names %s keeps that one out, and no other', async (bad, good) => {
    const name = good.padEnd(bad.length, 'x').slice(0, bad.length);
    const zip = renamed(await zipped({ [name]: 'x', 'b1/fine.ts': 'y' }), name, bad);
    await using tree = await zipTree(zip, 'z.zip', studentLimits);
    expect(tree.refused.map(({ path: refused }) => refused)).toEqual([bad]);
    expect(tree.files.map(({ path: read }) => read)).toEqual(['b1/fine.ts']);
  });

  it('has no links, no bombs, no large files, and not too many', async () => {
    await using links = await zipTree(await zipped({ 'a.ts': '/etc/passwd' }, 0o120777), 'z.zip', studentLimits);
    expect(links).toMatchObject({ files: [], refused: [{ path: 'a.ts', reason: 'it is a link' }] });
    const zeros = Buffer.alloc(5_000_000);
    await using bomb = await zipTree(await zipped({ 'a.ts': zeros }), 'z.zip', classLimits);
    expect(bomb.refused[0].reason).toContain('times smaller');
    await using large = await zipTree(await zipped({ 'a.ts': zeros }), 'z.zip', studentLimits);
    expect(large.refused[0].reason).toContain('more than 1000000');
    const many = await zipped(Object.fromEntries(Array.from({ length: 2_001 }, (_, i) => [`${i}.ts`, ''])));
    await expect(zipTree(many, 'z.zip', studentLimits)).rejects.toThrow('at most 2000');
    const two = await zipped({ 'a.ts': 'x'.repeat(600), 'b.ts': 'y'.repeat(600) });
    const small = { ...studentLimits, totalBytes: 1_000 };
    await expect(zipTree(two, 'z.zip', small)).rejects.toThrow('after unpacking');
    await expect(zipTree(Buffer.from('PK no zip'), 'z.zip', studentLimits)).rejects.toThrow('zip that can be read');
  });

  it('and a folder of a student hold so much and no more', async () => {
    const text = 'x'.repeat(900_000);
    const many = Object.fromEntries(Array.from({ length: 23 }, (_, i) => [`04-dsm/${i}.ts`, text]));
    const found = await submissionsIn(handIn(tree({ ...many, '04-dsm/submission.ts': 'x' })), wanted);
    expect(found).toMatchObject({ submissions: [], problems: [{ exercise }] });
    expect(found.problems[0].reason).toContain('at most 20000000 bytes');
    const deep = path.join(folder, 'deep', ...Array<string>(12).fill('a'));
    mkdirSync(deep, { recursive: true });
    writeFileSync(path.join(deep, 'x.ts'), 'x');
    expect((await folderTree(path.join(folder, 'deep'), studentLimits)).refused[0].reason).toContain('12 folders deep');
  });

  it('that lies about a size is told when it is read', async () => {
    const zip = await zipped({ 'a.ts': 'x'.repeat(1000) });
    // The uncompressed size stands in the directory at the end, 24 bytes after its signature.
    const at = zip.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    zip.writeUInt32LE(10, at + 24);
    await using lying = await zipTree(zip, 'z.zip', studentLimits);
    await expect(lying.files[0].read()).rejects.toThrow('z.zip');
  });

  it('of a student is opened, a zip in it is not, and look-alike names are told', async () => {
    const inner = await zipped({ 'deep/04-a.ts': 'x' });
    const good = await submissionsIn(
      handIn(await only('w.zip', await zipped({ 'hw/04-dsm/submission.ts': 'x', 'hw/04-dsm/help.ts': 'y' }))),
      wanted,
    );
    expect(good).toMatchObject({
      problems: [],
      submissions: [{ entry: 'submission.ts', files: [{ path: 'help.ts' }, { path: 'submission.ts' }] }],
    });
    const nested = await submissionsIn(handIn(await only('w.zip', await zipped({ 'inner.zip': inner }))), wanted);
    expect(nested.problems[0].reason).toContain('zip in a zip');
    const alike = await submissionsIn(handIn(tree({ '04-a.ts': 'x', '04-A.ts': 'y' })), wanted);
    expect(alike).toMatchObject({ submissions: [], problems: [{ exercise: wanted.exercises[0] }], unknown: true });
    const two = await submissionsIn(handIn(tree({ '04-a.ts': 'x', '04-b.ts': 'y' })), wanted);
    expect(two.problems[0].reason).toContain('Expected one module');
    const direction = await submissionsIn(
      handIn(await only('w.zip', await zipped({ '04-\u202ests.ts': 'x' }))),
      wanted,
    );
    expect(direction.problems[0].reason).toContain('direction');
  });

  const only = async (name: string, zip: Buffer): Promise<Tree> =>
    Promise.resolve({ files: [{ path: name, size: zip.length, read: () => Promise.resolve(zip) }], refused: [] });
});

describe('an export', () => {
  const text = 'export const x = 1;';
  it('is found in the one folder of an archive, which is not taken for the folder of the only student', () => {
    const places = (files: Readonly<Record<string, string>>): string[] =>
      unwrapped(tree(files), (name) => name === 'b1').files.map((file) => file.path);
    expect(places({ 'all/b1/04.ts': text, 'all/b2/04.ts': text })).toEqual(['b1/04.ts', 'b2/04.ts']);
    expect(places({ 'b1/04.ts': text })).toEqual(['b1/04.ts']);
    expect(places({ 'Wang Mei_77_assignsubmission_file/04.ts': text })).toHaveLength(1);
    expect(places({ 'Wang Mei_77_assignsubmission_file/04.ts': text })[0]).toContain('Wang Mei');
  });
  it('of Gradescope', async () => {
    const found = unwrapped(
      tree({
        'a_export/submission_metadata.yml':
          'submission_9:\n  :submitters:\n  - :name: Someone Else\n    :sid: b2\n    :email: hao@example.edu\n  :created_at: 2026-11-20 15:00:00.123456789 Z\n',
        'a_export/submission_9/submission.ts': text,
      }),
      nobody,
    );
    expect(layoutOf(found)).toBe('gradescope');
    const [first] = await handIns(found, 'gradescope', context);
    expect(first).toMatchObject({ submitted: Date.parse('2026-11-20T15:00:00Z'), files: [{ path: 'submission.ts' }] });
  });
  it('of Canvas', async () => {
    const found = tree({ 'wangmei_LATE_1001_555_04-dsm.ts': text, 'linhao_1002_556_04-dsm-1.ts': text });
    expect(layoutOf(found)).toBe('canvas');
    expect(await handIns(found, 'canvas', context)).toMatchObject([
      { late: true, people: [[{ by: 'other.canvas_id', value: '1001' }]], files: [{ path: '04-dsm.ts' }] },
      { late: false, files: [{ path: '04-dsm-1.ts' }] },
    ]);
  });
  it('of Canvas, with a name of no letters, and with what was typed in place of a file', async () => {
    const found = tree({ '_1001_555_04-dsm.ts': text, '林浩_LATE_1002_text.html': text, '王_77_link.html': text });
    expect(layoutOf(found)).toBe('canvas');
    expect(await handIns(found, 'canvas', context)).toMatchObject([
      { late: false, people: [[{ by: 'other.canvas_id', value: '1001' }]], files: [{ path: '04-dsm.ts' }] },
      { late: true, people: [[{ by: 'other.canvas_id', value: '1002' }]], files: [{ path: 'text.html' }] },
      { late: false, people: [[{ by: 'other.canvas_id', value: '77' }]], files: [{ path: 'link.html' }] },
    ]);
    expect(layoutOf(tree({ '1001_text.html': text }))).toBe('folders');
  });
  it('of Canvas, whose students have numbers in their names and in those of their files', async () => {
    const of = async (name: string) => (await handIns(tree({ [name]: text }), 'canvas', context))[0];
    const user = (value: string) => [[{ by: 'other.canvas_id', value }]];
    expect(await of('lin_hao_1002_556_04_dsm.ts')).toMatchObject({
      people: user('1002'),
      files: [{ path: '04_dsm.ts' }],
    });
    expect(await of('x_12_1001_9000_f.ts')).toMatchObject({ people: user('1001'), files: [{ path: 'f.ts' }] });
    // He who calls himself "x_1001" is not taken for the user of that number: both are there to be meant, and nobody is.
    expect(await of('x_1001_1002_9000_f.ts')).toMatchObject({ people: [[]] });
    expect(await of('stranger_77_9000_f.ts')).toMatchObject({ people: user('77') });
  });
  it('of Moodle, with the worksheet', async () => {
    const found = tree({
      'Wang Mei_77_assignsubmission_file/04-dsm.ts': text,
      'Lin Hao_78_assignsubmission_file_04-dsm.ts': text,
    });
    expect(layoutOf(found)).toBe('moodle');
    const sheet =
      'Identifier,Full name,Email address,Grade,Last modified (submission)\nParticipant 77,Wang Mei,mei@example.edu,,"Friday, 20 November 2026, 11:59 PM"\nParticipant 78,Lin Hao,hao@example.edu,,-\n';
    const [first, second] = await handIns(found, 'moodle', { ...context, worksheets: [sheet] });
    expect(first.submitted).toBe(Date.parse('2026-11-20T15:59:00Z'));
    expect(first.people[0]).toContainEqual({ by: 'email', value: 'mei@example.edu' });
    expect(second).toMatchObject({ submitted: null, files: [{ path: '04-dsm.ts' }] });
  });
  it('of GitHub Classroom', async () => {
    const found = tree({
      'grades.csv':
        'github_username,roster_identifier,student_repository_name,submission_timestamp\nwangmei,b1,hw-wangmei,2026-11-20 15:00:00 UTC\n',
      'hw-wangmei/submission.ts': text,
      'hw-stranger/submission.ts': text,
    });
    expect(layoutOf(found)).toBe('github');
    expect(await handIns(found, 'github', context)).toMatchObject([
      { submitted: Date.parse('2026-11-20T15:00:00Z') },
      { place: 'hw-stranger', people: [[]] },
    ]);
  });
});

describe('identity (attack 40)', () => {
  const taken = async (files: Readonly<Record<string, string>>) =>
    takeIn(await handIns(tree(files), 'folders', context), course(), {
      keys,
      settings: new Map([[exercise, setting]]),
      scope: { exercises: [exercise] },
      times: new Map(),
    });

  it('is what the instructor and the roster say, whatever a file claims', async () => {
    const { intake } = await taken({
      'b1/submission.ts': '// Author: b2\nexport const student = "b2";',
      'b1/metadata.json': '{"student":"b2"}',
    });
    expect(intake.attempts).toMatchObject([{ student: 'b1', members: ['b1'] }]);
  });
  it('of nobody in the roster is told and not graded', async () => {
    const { intake, jobs } = await taken({ 'b9/submission.ts': 'x', 'Wang Mei/submission.ts': 'x' });
    expect(jobs.size).toBe(0);
    expect(intake.problems.map(({ kind }) => kind)).toEqual(['unknown student', 'unknown student']);
  });
  it('that is claimed twice is an error, and never the last wins', async () => {
    const { intake } = await taken({ 'b1/submission.ts': 'x', 'mei@example.edu/submission.ts': 'y' });
    expect(intake.attempts.map(({ key }) => key)).toEqual([null, null]);
    expect(intake.problems).toMatchObject([{ kind: 'duplicate', student: 'b1' }]);
  });
  it('makes the questions: the same for each attempt of a student, and of no other', async () => {
    const { jobs } = await taken({
      'b1/2026-11-19T10-00/submission.ts': 'x',
      'b1/2026-11-20T10-00/submission.ts': 'y',
      'b2/submission.ts': 'x',
    });
    const seeds = [...jobs.values()].map(({ seed }) => seed);
    expect(new Set(jobs.keys()).size).toBe(3);
    expect(new Set(seeds).size).toBe(2);
    expect(JSON.stringify([...jobs.values()])).not.toContain('"b1"');
  });
});
