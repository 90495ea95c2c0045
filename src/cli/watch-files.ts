import { watch, type FSWatcher } from 'node:fs';
import path from 'node:path';

/** Files that are watched. */
export interface WatchedFiles extends Disposable {
  /** Watches these files as well. */
  add(files: readonly string[]): void;
}

/** Tells of each change of a file; its folder is watched, since most editors write a new file and give it the name of the old one. */
export function watchFiles(changed: () => void): WatchedFiles {
  const watched = new Set<string>();
  const folders = new Map<string, FSWatcher>();
  return {
    add(files) {
      for (const file of files) {
        watched.add(file);
        const folder = path.dirname(file);
        if (folders.has(folder)) continue;
        const watcher = watch(folder, (_event, name) => {
          if (name === null || watched.has(path.join(folder, name))) changed();
        });
        // A folder that is deleted is watched no longer.
        watcher.on('error', () => {
          watcher.close();
        });
        folders.set(folder, watcher);
      }
    },
    [Symbol.dispose]() {
      for (const each of folders.values()) each.close();
    },
  };
}
