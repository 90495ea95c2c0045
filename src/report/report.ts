import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verification } from '../verify/result.js';
import { drawFigures, figureFile } from './figures.js';
import { theoryHtml } from './html.js';
import { theoryMarkdown } from './theory-markdown.js';

/** Where a theory report was written. */
export interface TheoryPaths {
  readonly markdown: string;
  readonly html: string;
  readonly json: string;
  /** The images that the Markdown links to; the HTML holds its own. */
  readonly figures: readonly string[];
}

/**
 * Writes theory.md with theory/*.svg and *.png, theory.html (one file) and theory.json into `dir`, each at once or not at all.
 * Without `times` nothing in them depends on how long the run took.
 */
export async function writeTheoryReport(
  verification: Verification,
  dir: string,
  { times = true }: { readonly times?: boolean } = {},
): Promise<TheoryPaths> {
  const reported = times ? verification : withoutTimes(verification);
  const pictures = await drawFigures(reported.figures);
  const folder = join(dir, 'theory');
  await mkdir(folder, { recursive: true });
  const figures: string[] = [];
  for (const figure of reported.figures) {
    const picture = pictures.get(figure.id);
    if (picture === undefined) continue;
    const path = join(folder, figureFile(figure));
    await writeAtOnce(path, picture.type === 'svg' ? picture.svg : picture.png);
    figures.push(path);
  }
  const paths = {
    markdown: join(dir, 'theory.md'),
    html: join(dir, 'theory.html'),
    json: join(dir, 'theory.json'),
    figures,
  };
  await writeAtOnce(
    paths.markdown,
    theoryMarkdown(reported, { figures: (figure) => `theory/${figureFile(figure)}`, times }),
  );
  await writeAtOnce(paths.html, theoryHtml(reported, pictures, { times }));
  await writeAtOnce(paths.json, `${JSON.stringify(reported, null, 2)}\n`);
  return paths;
}

/** The same results without a single duration: what two runs with the same seed have in common. */
function withoutTimes(verification: Verification): Verification {
  const timeless = structuredClone(verification);
  for (const timed of [timeless, ...timeless.claims, ...timeless.claims.flatMap(({ settings }) => settings)]) {
    delete timed.milliseconds;
  }
  return timeless;
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
