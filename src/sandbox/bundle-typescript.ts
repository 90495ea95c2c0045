import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { build, type Loader, type Message, type Plugin } from 'esbuild';
import { fileBytes, fileCount, isInside, type Bundle, type BundleProblem, type Problems } from './bundled.js';
import type { Place } from './question.js';

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

/** File name of the bundle in stack traces. */
const bundleName = 'scorecheck-submission.js';
const frameOfBundle = new RegExp(`${bundleName.replaceAll('.', '\\.')}:(\\d{1,9}):(\\d{1,9})`, 'g');

/** One script of the module `entry` and what it imports from `folder`; both without links. None of its settings (tsconfig.json, package.json) is followed. */
export async function bundleTypeScript(entry: string, folder: string): Promise<Bundle | Problems> {
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
  const placeOf = (line: number, column: number): Place | undefined => {
    const found = map.findEntry(line - 1, column - 1);
    if (!('originalSource' in found)) return undefined;
    const text = texts.get(found.originalSource)?.[found.originalLine];
    if (text === undefined) return undefined;
    return { file: found.originalSource, line: found.originalLine + 1, column: found.originalColumn + 1, text };
  };
  return {
    kind: 'bundle',
    library: 'tensorflow',
    modules: [[bundleName, code]],
    files: [...payload.sources].sort(),
    digest: createHash('sha256').update(code).digest('hex'),
    placeIn: (stack) => {
      for (const [, row, column] of stack.matchAll(frameOfBundle)) {
        const place = placeOf(Number(row), Number(column));
        if (place !== undefined) return place;
      }
      return undefined;
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

function isBuildFailure(error: unknown): error is { readonly errors: readonly Message[] } {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

/** A message of the compiler with its place, columns from 1. */
export function problemOf({ text, location }: Message): BundleProblem {
  if (location === null) return { message: text };
  const { file, line, column, lineText } = location;
  return { message: text, place: { file, line, column: column + 1, text: lineText } };
}
