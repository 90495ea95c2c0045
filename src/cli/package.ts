import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version in our package.json. */
export function packageVersion(): string {
  const file = path.join(packageFolder(), 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** The folder of this package: that of package.json. */
export function packageFolder(): string {
  // The sources lie two levels deep, the compiled files three.
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder)) {
      throw new Error(
        'Expected package.json in a folder above the command line, found none. Install scorecheck again.',
      );
    }
  }
}
