import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { buildAddon } from './addon.js';
import { writeMarker } from './cache.js';
import type { Shell } from './command.js';
import { findCompiler } from './compiler.js';
import { extractLibraries } from './libraries.js';
import { findNpm, installPackages } from './packages.js';
import { diskProblem, isOfDisk, SetupStopped, type Problem } from './problem.js';
import type { Progress } from './progress.js';
import { tfjsVersion, type Release } from './releases.js';
import { checkDisk, inTurn, whole } from './stage.js';
import { tryBackend } from './trial.js';
import { checkDigest, fetchWheel, findWheelSource } from './wheel.js';

/** Size in bytes of the npm packages and the addon, with a tenth to spare. */
const packagesSize = 340_000_000;

/** Bytes of disk that provisioning takes at its peak; pip keeps the wheel in its own cache as well, often on the same disk. */
export function diskNeeded(release: Release): number {
  return 2 * release.bytes + release.unpacked + packagesSize;
}

/** What provisioning is told. */
export interface ProvisionOptions {
  readonly release: Release;
  readonly progress: Progress;
  readonly shell: Shell;
}

/** Builds the native backend in `folder`, whole or not at all; returns what stopped it, `undefined` when nothing did. */
export async function provision(folder: string, options: ProvisionOptions): Promise<Problem | undefined> {
  try {
    await build(folder, options);
    return undefined;
  } catch (error) {
    if (error instanceof SetupStopped) return error.problem;
    if (isOfDisk(error)) return diskProblem(error, path.dirname(folder), diskNeeded(options.release));
    throw error;
  }
}

async function build(folder: string, { release, progress, shell }: ProvisionOptions): Promise<void> {
  // The tools first, so that nothing is downloaded in vain.
  const compiler = await findCompiler(shell);
  const npm = await findNpm(shell);
  const libraries = `${folder}.libraries`;
  const source = existsSync(libraries) ? undefined : await findWheelSource(release, shell);

  await inTurn(folder, progress, async () => {
    await checkDisk(path.dirname(folder), source === undefined ? packagesSize : diskNeeded(release));

    // Kept until the whole is done: a stop in a later stage costs no second download.
    await whole(libraries, async (part) => {
      progress({ stage: 'download', message: `${release.distribution} ${release.version}` });
      const from = source ?? (await findWheelSource(release, shell));
      const wheel = await fetchWheel(from, { release, folder: part, progress, shell });
      await checkDigest(wheel, release, progress);
      await extractLibraries(wheel, part, { unpacked: release.unpacked, progress });
      if (from.kind !== 'file') await rm(wheel);
    });

    await whole(folder, async (part) => {
      progress({ stage: 'packages', message: `@tensorflow/tfjs-node ${tfjsVersion}` });
      await installPackages(part, npm, shell);
      progress({ stage: 'compile', message: compiler.version });
      await buildAddon(part, { tensorflow: libraries, compiler }, shell);
      progress({ stage: 'trial' });
      await tryBackend(part, release.version, shell);
      await writeMarker(part, {
        tfjs: tfjsVersion,
        tensorflow: release.version,
        wheelSha256: release.sha256,
        compiler: compiler.version,
      });
      // Before the folder appears: after that no setup would come by to remove it.
      await rm(libraries, { recursive: true });
    });
  });
}
