import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';
import { nativeModule, packedFiles } from './packed.js';

/** Raised whenever the way it is packed changes. */
const recipe = '1';

/** The folder of packed TensorFlow.js for a Node with these flags, beside that of the native backend; V8 takes compiled code only where version and flags are the same. */
export function packedFolder(native: string, flags: readonly string[]): string {
  const made = JSON.stringify([recipe, path.basename(native), process.version, process.arch, flags]);
  const digest = createHash('sha256').update(made).digest('hex').slice(0, 12);
  return path.join(path.dirname(native), `packed-${digest}`);
}

/**
 * Packs the JavaScript of native TensorFlow.js into one script with its compiled code, where that is not done yet: a second or two, once. Loading it then takes half of the
 * processor time. Where it cannot be done (a cache that nobody may write to), nothing is packed and everything works as before. What nobody has used for a month is deleted
 * when something new is packed: another Node version or other limits leave their scripts behind.
 */
export async function pack(native: string, flags: readonly string[]): Promise<void> {
  const folder = packedFolder(native, flags);
  if (existsSync(folder)) {
    const now = new Date();
    await utimes(folder, now, now).catch(() => undefined);
    return;
  }
  await removeUnused(path.dirname(folder)).catch(() => undefined);
  const part = `${folder}.${randomBytes(6).toString('hex')}.part`;
  try {
    await mkdir(part, { recursive: true });
    await bundleOf(native, path.join(part, packedFiles.script));
    const script = fileURLToPath(new URL('./pack-child.js', import.meta.url));
    await execa(process.execPath, [...flags, script, part, native], { stdio: 'ignore', timeout: patience });
    await rename(part, folder);
  } catch {
    // Another process was quicker, or it does not work here.
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
  }
}

const patience = 60_000;
const month = 30 * 24 * 3_600_000;

async function removeUnused(cache: string): Promise<void> {
  for (const name of (await readdir(cache)).filter((each) =>
    /^packed-[0-9a-f]{12}(\.[0-9a-f]{12}\.part)?$/.test(each),
  )) {
    const place = path.join(cache, name);
    const { mtimeMs } = await stat(place);
    if (Date.now() - mtimeMs > month) await rm(place, { recursive: true, force: true });
  }
}

/** Everything of tfjs-node in one CommonJS script; the addon is found by its place instead of by a package that reads manifests. */
async function bundleOf(native: string, outfile: string): Promise<void> {
  const main = nativeModule(native);
  const libraries = path.join(path.dirname(main), '..', 'lib');
  const [addon] = readdirSync(libraries).filter((each) => existsSync(path.join(libraries, each, 'tfjs_binding.node')));
  if (addon === undefined) throw new Error(`Expected an addon below ${libraries}, found none.`);
  const finder = `exports.find = (manifest) => require('path').join(manifest, '..', 'lib', ${JSON.stringify(addon)}, 'tfjs_binding.node');`;
  await build({
    entryPoints: [main],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['main'],
    logLevel: 'silent',
    plugins: [
      {
        name: 'addon',
        setup(hooks) {
          hooks.onResolve({ filter: /^@mapbox\/node-pre-gyp$/ }, () => ({ path: 'finder', namespace: 'addon' }));
          hooks.onLoad({ filter: /.*/, namespace: 'addon' }, () => ({ contents: finder }));
        },
      },
    ],
  });
}
