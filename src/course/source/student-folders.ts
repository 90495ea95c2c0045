import { instantOf } from '../file/moment.js';
import type { Account, HandIn } from './hand-in.js';
import type { LayoutContext } from './layout-context.js';
import { below, type Tree } from './tree.js';

/** `2026-11-20T23-59`, with seconds, `:` or a zone where the file system allows; the name of a folder with one attempt. */
const moment = /^(\d{4}-\d\d-\d\d)[T_ ](\d\d)[-:.]?(\d\d)(?:[-:.]?(\d\d))?(Z)?$/;

/** What the name of a folder may be. */
export const accountsNamed = (name: string): readonly Account[] =>
  (['id', 'email', 'other.login'] as const).map((by) => ({ by, value: name }));

/**
 * A folder per student (or per group), named by the id of the roster; in it the files, or a folder per attempt named by its time. The instructor made the folders, so
 * their names say who it is.
 */
export function studentFolders(tree: Tree, { timezone, groups }: LayoutContext): HandIn[] {
  const names = new Set(
    [...tree.files, ...tree.refused].filter(({ path }) => path.includes('/')).map(({ path }) => path.split('/')[0]),
  );
  const loose = [...tree.files, ...tree.refused].filter(({ path }) => !path.includes('/') && path.endsWith('.zip'));
  return [...names, ...loose.map(({ path }) => path)].sort().flatMap((name): HandIn[] => {
    const id = name.replace(/\.zip$/, '');
    const group = groups.find((each) => each.toLowerCase() === id.toLowerCase());
    const who = { people: [accountsNamed(id)], ...(group === undefined ? {} : { group }) };
    if (!names.has(name)) {
      const files = tree.files.filter(({ path }) => path === name);
      return [
        { place: name, ...who, submitted: null, files, refused: tree.refused.filter(({ path }) => path === name) },
      ];
    }
    const inside = below(tree, name);
    const tops = [...new Set([...inside.files, ...inside.refused].map(({ path }) => path.split('/')[0]))];
    const attempts = tops.filter((top) => moment.test(top));
    if (attempts.length === 0) return [{ place: name, ...who, submitted: null, ...inside }];
    return attempts.map((top): HandIn => {
      const [, day, hour, minute, second = '00', zone = ''] = moment.exec(top) ?? [];
      const submitted = instantOf(`${day}T${hour}:${minute}:${second}${zone}`, timezone);
      return { place: `${name}/${top}`, ...who, submitted, ...below(inside, top) };
    });
  });
}
