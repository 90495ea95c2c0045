import path from 'node:path';

/** The text of a tsconfig.json for an editor alone: `paths` are the modules that are found where they lie now, seen from `folder`. */
export function editorSettings(
  folder: string,
  given: {
    readonly target: string;
    readonly paths: Readonly<Record<string, string>>;
    readonly include: readonly string[];
  },
): string {
  const seen = (file: string): string => {
    const relative = path.relative(path.resolve(folder), file).split(path.sep).join('/');
    return relative.startsWith('.') ? relative : `./${relative}`;
  };
  const compilerOptions = {
    target: given.target,
    module: 'ESNext',
    moduleResolution: 'Bundler',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    paths: Object.fromEntries(Object.entries(given.paths).map(([name, file]) => [name, [seen(file)]])),
  };
  return `${JSON.stringify({ compilerOptions, include: given.include }, null, 2)}\n`;
}
