import { copyFile, cp, link, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { run, type Shell } from './command.js';
import { cxxFlags, type Compiler } from './compiler.js';
import { libraryNames } from './libraries.js';
import { problem, SetupStopped } from './problem.js';

/** Folder of tfjs-node below a folder in which npm installed it. */
function tfjsNodeFolder(folder: string): string {
  return path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
}

/**
 * Builds tfjs-node's addon, whose sources come in its npm package, and gives it the libraries and headers of the folder `tensorflow`.
 * It uses Node-API 8 only, so one build serves every Node from 20 on.
 */
export async function buildAddon(
  folder: string,
  { tensorflow, compiler }: { tensorflow: string; compiler: Compiler },
  shell: Shell,
): Promise<void> {
  const module = tfjsNodeFolder(folder);
  const output = path.join('lib', 'napi-v8', 'tfjs_binding.node');
  const libraries = libraryNames(process.platform);
  await mkdir(path.join(module, path.dirname(output)), { recursive: true });
  await mkdir(path.join(module, 'deps', 'lib'), { recursive: true });
  await cp(path.join(tensorflow, 'include'), path.join(module, 'deps', 'include'), { recursive: true });
  for (const name of libraries) {
    await linkOrCopy(path.join(tensorflow, 'lib', name), path.join(module, 'deps', 'lib', name));
  }
  const args = [
    ...cxxFlags,
    '-DNAPI_VERSION=8',
    ...['.', path.join('deps', 'include'), path.join('..', '..', 'node-api-headers', 'include')].map(
      (include) => `-I${include}`,
    ),
    path.join('binding', 'tfjs_backend.cc'),
    path.join('binding', 'tfjs_binding.cc'),
    ...libraries.map((library) => path.join('deps', 'lib', library)),
    ...linkerFlags(process.platform),
    '-o',
    output,
  ];
  const built = await run(compiler.command, args, shell, { cwd: module });
  if (!built.ok) {
    throw new SetupStopped(problem('compile-failed', { compiler: compiler.command.join(' '), detail: built.why }));
  }
}

/** A second name for a file of 600 MB, or a copy where the file system has no hard links. */
async function linkOrCopy(file: string, at: string): Promise<void> {
  await link(file, at).catch(() => copyFile(file, at));
}

/** The addon finds its libraries from its own place, so that the folder can be renamed; Node itself provides the Node-API. */
function linkerFlags(platform: NodeJS.Platform): string[] {
  return platform === 'darwin'
    ? ['-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../deps/lib']
    : ['-Wl,-rpath,$ORIGIN/../../deps/lib'];
}
