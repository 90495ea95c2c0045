import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readNotes } from '../src/notes/notes.js';
import { positions } from '../src/notes/span.js';
import type { Link } from '../src/notes/link.js';

// What the notes reader makes of the links of the course notes: `npm run bench:notes`.

interface Labelled {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly lhs: string;
  readonly rel: string | null;
  readonly rhs: string;
  readonly verdict: 'true' | 'false' | 'definition' | 'ambiguous' | 'not-a-claim';
  readonly mustFlag: boolean;
  readonly correct: string | null;
}

const folder = process.env['COURSE_NOTES'] ?? '../shared/course-notes';
const { claims } = JSON.parse(readFileSync(path.join(folder, 'claims.json'), 'utf8')) as { claims: Labelled[] };
const verbose = process.argv.includes('--verbose');

const squeeze = (text: string): string => text.replace(/\s|\\[,;!]|\$|[.]$/g, '');

const counts = { true: 0, falseAlarm: 0, decided: 0, flags: 0, flagged: 0 };
const started = performance.now();
for (const file of [...new Set(claims.map((claim) => claim.file))]) {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const begin = performance.now();
  const { links } = readNotes(file, text);
  const took = performance.now() - begin;
  const place = positions(text);
  const rest = new Set(links);
  const take = (claim: Labelled, fits: (link: Link) => boolean): Link | undefined => {
    const found = [...rest].find((link) => place(link.rhs.start).line === claim.line && fits(link));
    if (found) rest.delete(found);
    return found;
  };
  const mine = claims.filter((claim) => claim.file === file);
  const matched = new Map<Labelled, Link | undefined>();
  for (const claim of mine)
    matched.set(
      claim,
      take(claim, ({ rhs }) => squeeze(rhs.text) === squeeze(claim.rel === null ? claim.lhs : claim.rhs)),
    );
  for (const claim of mine)
    if (matched.get(claim) === undefined)
      matched.set(
        claim,
        take(claim, () => true),
      );
  console.log(`\n${file}  ${took.toFixed(0)} ms, ${links.length} links`);
  for (const claim of mine) {
    const link = matched.get(claim);
    const flagged = link !== undefined && link.severity !== 'none';
    if (claim.verdict === 'true') {
      counts.true++;
      if (link?.verdict === 'true') counts.decided++;
      if (link?.verdict === 'false' || (link?.severity === 'error' && !claim.mustFlag)) counts.falseAlarm++;
    }
    if (claim.mustFlag) {
      counts.flags++;
      if (flagged) counts.flagged++;
    }
    const bad =
      (claim.verdict === 'true' && link?.verdict !== 'true') ||
      (claim.mustFlag && !flagged) ||
      (claim.verdict !== 'false' && !claim.mustFlag && flagged);
    if (bad || verbose) {
      const alarm = claim.verdict === 'true' && link?.verdict === 'false' ? '!!!' : bad ? ' x ' : '   ';
      console.log(
        `${alarm} ${claim.id} :${claim.line} ${claim.verdict}${claim.mustFlag ? ' FLAG' : ''} -> ${link === undefined ? 'MISSING' : `${link.verdict} ${link.severity} ${link.reason} ${link.message}`}\n      ${claim.lhs} ${claim.rel ?? ''} ${claim.rhs}`.slice(
          0,
          420,
        ),
      );
      if (bad && link?.comparison && link.comparison.outcome !== 'open') {
        console.log(
          '      ',
          link.comparison.witnesses
            .map(
              (w) =>
                `${w.instance}: ${w.lhs.map((v) => v.toPrecision(5)).join(',')} | ${w.rhs.map((v) => v.toPrecision(5)).join(',')}`,
            )
            .join(' ; '),
        );
      }
    }
  }
  for (const link of rest) {
    if (link.severity !== 'none')
      console.log(
        `  ? extra ${place(link.rhs.start).line}: ${link.verdict} ${link.severity} ${link.reason} ${link.message} ${link.rhs.text}`.slice(
          0,
          300,
        ),
      );
  }
}
console.log(`\n${JSON.stringify(counts)}  ${(performance.now() - started).toFixed(0)} ms`);
