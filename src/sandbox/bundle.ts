import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { build, type Loader, type Message, type Plugin } from 'esbuild';
import type { Place } from './question.js';

/** A submission as one script, with the map back to the student's files. */
export interface Bundle {
  readonly kind: 'bundle';
  readonly code: string;
  /** The student's files in it, relative to the folder of the submission. */
  readonly files: readonly string[];
  /** SHA-256 of the code: the same submission has the same digest wherever it lies. */
  readonly digest: string;
  /** The place in the student's files of a place in the code (both counted from 1), `undefined` for what is not the student's. */
  readonly placeOf: (line: number, column: number) => Place | undefined;
}

/** A submission that is no program: what is wrong and where. */
export interface BundleProblem {
  readonly message: string;
  readonly place?: Place;
}

const tensorflow = new Set(['@tensorflow/tfjs', '@tensorflow/tfjs-node']);
const loaders: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.json': 'json',
};
const fileBytes = 1_000_000;
const fileCount = 100;

/** File name of the bundle in stack traces. */
export const bundleName = 'scorecheck-submission.js';

/**
 * Bundles the module `file` and what it imports from its own folder (or `root`, a folder above it).
 * Nothing of the submission runs, and none of its settings (tsconfig.json, package.json) is followed.
 */
export async function bundle(
  file: string,
  root = path.dirname(file),
): Promise<Bundle | { readonly kind: 'problems'; readonly problems: readonly BundleProblem[] }> {
  const folder = await realpath(root);
  const entry = await realpath(file);
  try {
    const { outputFiles } = await build({
      entryPoints: [entry],
      absWorkingDir: folder,
      outfile: path.join(folder, bundleName),
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      sourcemap: 'external',
      charset: 'utf8',
      logLevel: 'silent',
      tsconfigRaw: '{}',
      plugins: [ownFilesOnly(folder)],
    });
    const [map, code] = ['.map', '.js'].map((end) => outputFiles.find((each) => each.path.endsWith(end))?.text ?? '');
    return madeBundle(code, JSON.parse(map) as SourceMapPayload);
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { kind: 'problems', problems: error.errors.map(problemOf) };
  }
}

function madeBundle(code: string, payload: SourceMapPayload): Bundle {
  const map = new SourceMap(payload);
  const texts = new Map(payload.sources.map((source, i) => [source, payload.sourcesContent[i]?.split('\n') ?? []]));
  return {
    kind: 'bundle',
    code,
    files: [...payload.sources].sort(),
    digest: createHash('sha256').update(code).digest('hex'),
    placeOf: (line, column) => {
      const found = map.findEntry(line - 1, column - 1);
      if (!('originalSource' in found)) return undefined;
      const text = texts.get(found.originalSource)?.[found.originalLine];
      if (text === undefined) return undefined;
      return { file: found.originalSource, line: found.originalLine + 1, column: found.originalColumn + 1, text };
    },
  };
}

/** Lets in TensorFlow.js and the files of the folder, each small, and nothing else. */
function ownFilesOnly(folder: string): Plugin {
  let files = 0;
  return {
    name: 'own-files-only',
    setup(hooks) {
      hooks.onResolve({ filter: /.*/ }, async ({ path: wanted, kind, importer, resolveDir }) => {
        if (kind === 'entry-point') return { path: wanted };
        if (tensorflow.has(wanted)) return { path: wanted, external: true };
        if (!wanted.startsWith('./') && !wanted.startsWith('../')) {
          return {
            errors: [
              {
                text: `Only @tensorflow/tfjs and files of the submission (./…) can be imported, found "${wanted}".`,
              },
            ],
          };
        }
        const found = await existing(path.resolve(resolveDir, wanted));
        if (found === undefined) {
          return { errors: [{ text: `Expected a file "${wanted}" beside ${path.basename(importer)}, found none.` }] };
        }
        if (!isInside(found, folder)) {
          return { errors: [{ text: `Expected a file in the folder of the submission, found "${wanted}" outside.` }] };
        }
        return { path: found };
      });
      hooks.onLoad({ filter: /.*/ }, async ({ path: file }) => {
        const { size } = await stat(file);
        const name = path.relative(folder, file);
        if (size > fileBytes)
          return { errors: [{ text: `Expected at most ${fileBytes} bytes in ${name}, got ${size}.` }] };
        if (++files > fileCount) return { errors: [{ text: `Expected at most ${fileCount} files, got more.` }] };
        const loader = loaders[path.extname(file)];
        if (loader === undefined) return { errors: [{ text: `Expected TypeScript or JavaScript, got ${name}.` }] };
        return { contents: await readFile(file), loader };
      });
    },
  };
}

/** The file that an import means: as written, with an extension added, or `.ts` for `.js` as TypeScript does; links are followed. */
async function existing(wanted: string): Promise<string | undefined> {
  const typescript = wanted.replace(/\.([cm]?)js$/, '.$1ts');
  for (const candidate of [wanted, typescript, `${wanted}.ts`, `${wanted}.js`, path.join(wanted, 'index.ts')]) {
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isFile() === true) return realpath(candidate);
  }
  return undefined;
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

function isBuildFailure(error: unknown): error is { readonly errors: readonly Message[] } {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function problemOf({ text, location }: Message): BundleProblem {
  if (location === null) return { message: text };
  const { file, line, column, lineText } = location;
  return { message: text, place: { file, line, column: column + 1, text: lineText } };
}
