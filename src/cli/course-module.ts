import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Message, type Plugin } from 'esbuild';
import { problemOf } from '../sandbox/bundle-typescript.js';
import { WrongUse } from './failure.js';
import { unreadable } from './unreadable.js';

/** What `scorecheck/claim` and `scorecheck/exercise` mean in an instructor's own file: this copy of the program, so that both sides share one engine. */
const vocabularies = new Map([
  ['scorecheck/claim', new URL('../author/claim.js', import.meta.url).href],
  ['scorecheck/exercise', new URL('../author/exercise.js', import.meta.url).href],
]);

/**
 * The exports of an instructor's own module, TypeScript or JavaScript. It runs here, trusted like scorecheck itself: never load a student's file so.
 * WrongUse with file, line and column where it cannot be read or throws.
 */
export async function loadOwnModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  const compiled = path.join(os.tmpdir(), `scorecheck-course-${randomBytes(6).toString('hex')}`, 'module.mjs');
  const code = await bundled(file, compiled);
  const folder = path.dirname(compiled);
  await mkdir(folder, { mode: 0o700 });
  try {
    await writeFile(compiled, code);
    // What it throws later names the lines of the author's file.
    process.setSourceMapsEnabled(true);
    return (await import(pathToFileURL(compiled).href)) as Record<string, unknown>;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new WrongUse(
      `Expected ${shown(file)} to define a claim or an exercise, but it threw: ${detail}\nAn editor, or \`npx tsc -p\` in the folder of the course, shows what is missing.`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The module as one script for the place where it is to lie, from which its source map finds the author's files. */
async function bundled(file: string, outfile: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [path.resolve(file)],
      absWorkingDir: path.resolve(path.dirname(file)),
      outfile,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'inline',
      charset: 'utf8',
      logLevel: 'silent',
      plugins: [ourOwn],
    });
    return outputFiles[0].text;
  } catch (error) {
    const [problem] = (error as { errors?: readonly Message[] }).errors ?? [];
    if (problem === undefined) throw error;
    throw new WrongUse(unreadable(file, { kind: 'problems', problems: [problemOf(problem)] }));
  }
}

const ourOwn: Plugin = {
  name: 'our-own',
  setup(hooks) {
    hooks.onResolve({ filter: /^scorecheck(\/|$)/ }, ({ path: wanted }) => {
      const url = vocabularies.get(wanted);
      if (url !== undefined) return { path: url, external: true };
      return { errors: [{ text: `Expected ${[...vocabularies.keys()].join(' or ')}, got "${wanted}".` }] };
    });
  },
};

const shown = (file: string): string => path.relative('', file);
