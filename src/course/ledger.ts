import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { gradeJobSchema, jobResultSchema, type GradeJob, type JobResult } from './runner.js';

/** What a sealed file turned out to be. */
export type Unsealed<T> =
  | { readonly kind: 'there'; readonly data: T }
  | { readonly kind: 'missing' }
  /** Somebody else wrote it, or another secret sealed it, or the disk lost a part of it. */
  | { readonly kind: 'broken'; readonly file: string };

/**
 * What a course remembers, as files of its own: a job and a result per content key, and tables by name. Each file appears whole or not at
 * all, so whatever ends the process leaves only whole files; each is sealed by HMAC under a key of the course and the file's own name, so one
 * that is written by anybody else, or put in the place of another, is not believed.
 */
export interface Ledger {
  readonly writeJob: (job: GradeJob) => Promise<void>;
  readonly readJob: (key: string) => Promise<Unsealed<GradeJob>>;
  readonly writeResult: (result: JobResult) => Promise<void>;
  readonly readResult: (key: string) => Promise<Unsealed<JobResult>>;
  readonly forgetResult: (key: string) => Promise<void>;
  readonly writeTable: (name: string, data: unknown) => Promise<void>;
  readonly readTable: <T>(name: string, schema: z.ZodType<T>) => Promise<Unsealed<T>>;
}

/** The ledger in a folder, which is made where it is missing. */
export function ledgerIn(folder: string, key: Buffer): Ledger {
  const place = (kind: string, name: string): string =>
    kind === 'tables' ? path.join(folder, `${name}.json`) : path.join(folder, kind, name.slice(0, 2), `${name}.json`);
  const seal = (name: string, body: string): string =>
    createHmac('sha256', key).update(`${name}\n${body}`).digest('hex');
  const write = async (kind: string, name: string, data: unknown): Promise<void> => {
    const body = JSON.stringify(data);
    await writeWhole(place(kind, name), `${seal(`${kind}/${name}`, body)}\n${body}\n`);
  };
  const read = async <T>(kind: string, name: string, schema: z.ZodType<T>): Promise<Unsealed<T>> => {
    const file = place(kind, name);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
      throw error;
    }
    const [mac, body] = [text.slice(0, 64), text.slice(65, -1)];
    if (!same(mac, seal(`${kind}/${name}`, body))) return { kind: 'broken', file };
    const parsed = schema.safeParse(JSON.parse(body));
    // Sealed by us, but in the form of another release.
    return parsed.success ? { kind: 'there', data: parsed.data } : { kind: 'broken', file };
  };
  return {
    writeJob: (job) => write('jobs', job.key, job),
    readJob: (name) => read('jobs', name, gradeJobSchema),
    writeResult: (result) => write('results', result.key, result),
    readResult: (name) => read('results', name, jobResultSchema),
    forgetResult: (name) => rm(place('results', name), { force: true }),
    writeTable: (name, data) => write('tables', name, data),
    readTable: (name, schema) => read('tables', name, schema),
  };
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const part = (file: string): string => `${file}.${randomBytes(6).toString('hex')}.part`;
const isPart = /\.[0-9a-f]{12}\.part$/;

/** Removes what a run that was killed had begun to write into a folder; of use only to whoever works there alone. */
export async function sweepParts(folder: string, { below }: { readonly below: boolean }): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: below }).catch(() => []);
  const left = entries.filter((each) => each.isFile() && isPart.test(each.name));
  await Promise.all(left.map(({ parentPath, name }) => rm(path.join(parentPath, name), { force: true })));
}

/** Writes a file so that it is there whole or not at all, whatever ends the process or the machine. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const begun = part(file);
  try {
    const handle = await open(begun, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(begun, file);
  } catch (error) {
    await rm(begun, { force: true }).catch(() => undefined);
    // The system names no file where there is no room for it.
    if (error instanceof Error && !error.message.includes(file)) error.message += ` for ${file}`;
    throw error;
  }
}
