import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CourseFile } from './file/schema.js';
import { CourseProblem } from './problem.js';

/** Keys made from the secret of a course, each for one purpose: none tells anything about another or about the secret. */
export interface CourseKeys {
  /** Draws the seeds of the questions. */
  readonly seeds: Buffer;
  /** Seals what the ledger holds. */
  readonly ledger: Buffer;
}

/** 16 bytes of chance cannot be guessed. */
const shortest = 16;

/** Reads the secret of a course and makes its keys. Throws CourseProblem where it is missing, short, or readable for everyone. */
export function courseKeys({ secret }: Pick<CourseFile, 'secret'>, folder: string, env: NodeJS.ProcessEnv): CourseKeys {
  const advice = 'Make one with `head -c 32 /dev/urandom | base64`, keep it, and give it to nobody.';
  let text: string;
  if ('env' in secret) {
    text = env[secret.env] ?? '';
    if (text === '')
      throw new CourseProblem(
        `Expected the secret of the course in the variable ${secret.env}, which is not set. ${advice}`,
      );
  } else {
    const file = path.resolve(folder, secret.file);
    try {
      if (process.platform !== 'win32' && (statSync(file).mode & 0o007) !== 0) {
        throw new CourseProblem(`Expected ${file} to be readable for you alone. Say \`chmod 600 ${file}\`.`);
      }
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if (error instanceof CourseProblem) throw error;
      throw new CourseProblem(`Expected the secret of the course in ${file}, which cannot be read. ${advice}`);
    }
  }
  if (Buffer.byteLength(text.trim()) < shortest) {
    throw new CourseProblem(
      `Expected a secret of at least ${shortest} bytes, got ${Buffer.byteLength(text.trim())}. ${advice}`,
    );
  }
  const key = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', text.trim(), 'scorecheck', purpose, 32));
  return { seeds: key('seeds'), ledger: key('ledger') };
}

/**
 * The seed of all questions to these students on an exercise, 48 bits. It is the same for all their attempts: to hand in once more draws no
 * other questions, and so no second chance.
 */
export function seedOf({ seeds }: Pick<CourseKeys, 'seeds'>, exercise: string, students: readonly string[]): number {
  return createHmac('sha256', seeds)
    .update(JSON.stringify([exercise, ...students]))
    .digest()
    .readUIntBE(0, 6);
}

/** SHA-256 of plain data, as hexadecimal digits. */
export const digestOf = (data: unknown): string => createHash('sha256').update(JSON.stringify(data)).digest('hex');
