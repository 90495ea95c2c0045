import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure, Verification } from '../verify/result.js';
import { drawFigures, figureFile, type Picture, type Pictures } from './figures.js';
import { theoryHtml } from './html.js';
import { theoryMarkdown } from './theory-markdown.js';

const formats = ['md', 'html', 'json'] as const;

/** The documents that a theory report consists of. */
export type TheoryFormat = (typeof formats)[number];

/** Where a theory report was written. */
export interface TheoryPaths {
  /** The documents asked for, in the order md, html, json. */
  readonly reports: readonly string[];
  /** The images that the Markdown links to; the HTML holds its own. */
  readonly figures: readonly string[];
}

/**
 * Writes theory.md with theory/*.svg and *.png, theory.html (one file) and theory.json into `dir`, or those of them that `formats`
 * names; each file at once or not at all. Without `times` nothing in them depends on how long the run took.
 */
export async function writeTheoryReport(
  verification: Verification,
  dir: string,
  {
    times = true,
    formats: asked = new Set(formats),
  }: { readonly times?: boolean; readonly formats?: ReadonlySet<TheoryFormat> } = {},
): Promise<TheoryPaths> {
  const reported = times ? verification : withoutTimes(verification);
  const pictures =
    asked.has('md') || asked.has('html') ? await drawFigures(reported.figures) : new Map<string, Picture>();
  await mkdir(dir, { recursive: true });
  const figures = asked.has('md') ? await writeFigures(reported.figures, pictures, join(dir, 'theory')) : [];
  const document: Readonly<Record<TheoryFormat, () => string>> = {
    md: () => theoryMarkdown(reported, { figures: (figure) => `theory/${figureFile(figure)}`, times }),
    html: () => theoryHtml(reported, pictures, { times }),
    json: () => `${JSON.stringify(reported, null, 2)}\n`,
  };
  const reports: string[] = [];
  for (const format of formats.filter((each) => asked.has(each))) {
    const path = join(dir, `theory.${format}`);
    await writeAtOnce(path, document[format]());
    reports.push(path);
  }
  return { reports, figures };
}

async function writeFigures(
  figures: readonly Figure[],
  pictures: Pictures,
  folder: string,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const figure of figures) {
    const picture = pictures.get(figure.id);
    if (picture === undefined) continue;
    const path = join(folder, figureFile(figure));
    await writeAtOnce(path, picture.type === 'svg' ? picture.svg : picture.png);
    paths.push(path);
  }
  return paths;
}

/** The same results without a single duration: what two runs with the same seed have in common. */
function withoutTimes(verification: Verification): Verification {
  const timeless = structuredClone(verification);
  for (const timed of [timeless, ...timeless.claims, ...timeless.claims.flatMap(({ settings }) => settings)]) {
    delete timed.milliseconds;
  }
  return { ...timeless, figures: timeless.figures.filter((figure) => !(figure.kind === 'lines' && figure.timed)) };
}

/** A reader finds the old file or the new one, never half of it. */
async function writeAtOnce(path: string, content: string | Buffer): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
