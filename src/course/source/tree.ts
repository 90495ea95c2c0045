/** A file of a source that can be read; nothing of it has been read yet. */
export interface TreeFile {
  /** Below the root of the tree, with slashes, in Unicode form NFC. */
  readonly path: string;
  readonly size: number;
  /** Rejects with CourseProblem where the content is not as its directory says. */
  readonly read: () => Promise<Buffer>;
}

/** A folder or a zip: what can be read, and what is left out for a reason. */
export interface Tree {
  readonly files: readonly TreeFile[];
  readonly refused: readonly Refused[];
}

export interface Refused {
  readonly path: string;
  readonly reason: string;
}

/** What a tree may hold. The numbers are far above an honest export and far below what fills a memory or a day. */
export interface TreeLimits {
  readonly entries: number;
  /** Of one file, bytes after unpacking. */
  readonly fileBytes: number;
  /** Of all files together. */
  readonly totalBytes: number;
  /** Folders in folders. */
  readonly depth: number;
}

/** Of a whole class: a zip of each of a thousand students, or a hundred files of each. */
export const classLimits: TreeLimits = {
  entries: 200_000,
  fileBytes: 50_000_000,
  totalBytes: 4_000_000_000,
  depth: 20,
};

/** Of one student: what the bundler takes, some times over. */
export const studentLimits: TreeLimits = { entries: 2_000, fileBytes: 1_000_000, totalBytes: 20_000_000, depth: 12 };

/** Deflate packs honest text at most some 20 times, and 1,032 times at the very most; small files may be all alike. */
export const mostRatio = 100;
export const ratioFrom = 1_000_000;

/** What systems and editors leave behind. */
const litter =
  /(^|\/)(__MACOSX|\.git|\.svn|\.idea|\.vscode|node_modules|__pycache__)(\/|$)|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$|(^|\/)\._[^/]*$/;
export const isLitter = (path: string): boolean => litter.test(path);

// Control characters, and those that turn the direction of the text around them.
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Why a path of an archive or a folder is not followed; undefined where it is. */
export function pathProblem(path: string, { depth }: Pick<TreeLimits, 'depth'>): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'its path is absolute';
  const parts = path.split('/');
  if (parts.includes('..')) return 'its path leads out of the folder (..)';
  if (path.includes('\\')) return 'its name has a backslash';
  if (unprintable.test(path)) return 'its name has control or direction characters';
  if (parts.length > depth) return `it lies more than ${depth} folders deep`;
  if (path.length > 1000) return 'its path is longer than 1000 characters';
  return undefined;
}

/** Names that one file system takes for the same and another does not; each group has two or more. */
export function alike(paths: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const same = path.normalize('NFKC').toLowerCase();
    groups.set(same, [...(groups.get(same) ?? []), path]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** The part of a tree below a folder, its paths relative to it. */
export function below({ files, refused }: Tree, folder: string): Tree {
  const start = folder === '' ? '' : `${folder}/`;
  const inside = <T extends { readonly path: string }>(each: T): T[] =>
    each.path.startsWith(start) ? [{ ...each, path: each.path.slice(start.length) }] : [];
  return { files: files.flatMap(inside), refused: refused.flatMap(inside) };
}
