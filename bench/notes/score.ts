import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compare } from '../../src/notes/numbers/compare.js';
import type { Bindings } from '../../src/notes/meaning/bindings.js';
import type { NotesDocument } from '../../src/notes/read/document.js';
import { patched } from '../../src/notes/repair/edits.js';
import { readNotes } from '../../src/notes/notes.js';
import type { Repair } from '../../src/notes/repair/repair.js';
import { positions, type Span } from '../../src/notes/read/span.js';
import type { Link } from '../../src/notes/judge/link.js';

/** A link of the course notes and what is known of it. */
export interface Labelled {
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

/** How many links there are of each kind, and what became of them. */
export const noCounts = { true: 0, falseAlarm: 0, decided: 0, flags: 0, flagged: 0, false: 0, mended: 0, right: 0 };

/** What the reader made of a link. */
export interface Called {
  readonly id: string;
  readonly isRead: boolean;
  readonly verdict: 'true' | 'false' | 'open';
}

/** What the reader made of a file. */
export interface Score {
  readonly counts: typeof noCounts;
  readonly called: readonly Called[];
  readonly lines: readonly string[];
  /** Seconds of a core to read, judge and mend. */
  readonly seconds: number;
}

const squeeze = (text: string): string => text.replace(/\s|\\[,;!]|\$|[.]$/g, '');

/** Judges a file of the course notes and compares with what is known of its links. */
export function scoreOf(folder: string, file: string, claims: readonly Labelled[], verbose: boolean): Score {
  const counts = { ...noCounts };
  const lines: string[] = [];
  const called: Called[] = [];
  const say = (...parts: readonly unknown[]): void => void lines.push(parts.join(' '));
  const text = readFileSync(path.join(folder, file), 'utf8');
  const begin = process.cpuUsage();
  const { links, repairs, document, bindings } = readNotes(file, text);
  const took = process.cpuUsage(begin).user / 1000;
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
  say(`\n${file}  ${took.toFixed(0)} ms of a core, ${links.length} links`);
  for (const claim of mine) {
    const link = matched.get(claim);
    if (claim.verdict === 'true' || claim.verdict === 'false')
      called.push({
        id: claim.id,
        isRead: link?.rhs.tree !== undefined && (link.relation === 'prose' || link.lhs.tree !== undefined),
        verdict: link?.severity === 'error' ? 'false' : link?.verdict === 'true' ? 'true' : 'open',
      });
    const flagged = link !== undefined && link.severity !== 'none';
    if (claim.verdict === 'true') {
      counts.true++;
      if (link?.verdict === 'true') counts.decided++;
      if (link?.verdict === 'false' || (link?.severity === 'error' && !claim.mustFlag)) counts.falseAlarm++;
    }
    if (claim.verdict === 'false') {
      counts.false++;
      const fix = link === undefined ? undefined : repairs.get(link);
      const right = link !== undefined && fix !== undefined && isRight(claim, link, fix, document, bindings);
      if (fix) counts.mended++;
      if (right) counts.right++;
      say(
        `${right ? ' ok' : ' --'} ${claim.id} :${claim.line} ${fix ? `${fix.words}: ${text.slice(fix.start, fix.end)}  =>  ${fix.text}` : 'no fix'}   [${link?.reason} ${link?.message}]`.slice(
          0,
          300,
        ),
      );
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
      say(
        `${alarm} ${claim.id} :${claim.line} ${claim.verdict}${claim.mustFlag ? ' FLAG' : ''} -> ${link === undefined ? 'MISSING' : `${link.verdict} ${link.severity} ${link.reason} ${link.message}`}\n      ${claim.lhs} ${claim.rel ?? ''} ${claim.rhs}`.slice(
          0,
          420,
        ),
      );
      if (bad && link?.comparison && link.comparison.outcome !== 'open') {
        say(
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
      say(
        `  ? extra ${place(link.rhs.start).line}: ${link.verdict} ${link.severity} ${link.reason} ${link.message} ${link.rhs.text}`.slice(
          0,
          300,
        ),
      );
  }
  return { counts, called, lines, seconds: took / 1000 };
}

/** Whether the file with the fix says what the correction says, in value: on the sides that the correction names. */
function isRight(claim: Labelled, link: Link, fix: Repair, document: NotesDocument, bindings: Bindings): boolean {
  if (claim.correct === null) return false;
  const apply = (span: Span): string =>
    (fix.start < span.end && fix.end > span.start) ||
    (fix.start === fix.end && fix.start >= span.start && fix.start <= span.end)
      ? patched(document.original, span, [fix])
      : document.original.slice(span.start, span.end);
  const joined =
    link.relationSpan !== undefined &&
    fix.start <= link.relationSpan.start &&
    fix.end <= link.rhs.end &&
    /^[+-]/.test(fix.text) &&
    link.carried !== undefined;
  const whole = joined
    ? `${link.carried?.text} ${fix.text}${document.original.slice(fix.end, link.rhs.end)}`
    : apply(link.rhs);
  const at = link.rhs.start;
  const [wantLeft, wantRight] = split(claim.correct);
  const mended = fix.text.includes(' = ') ? split(fix.text) : [apply(link.lhs), whole];
  const same = (a: string | undefined, b: string | undefined): boolean => {
    if (a === undefined || b === undefined) return true;
    const [x, y] = [document.readSide(a, false).tree, document.readSide(b, false).tree];
    if (!x || !y) return squeeze(a).includes(squeeze(b)) || squeeze(b).includes(squeeze(fix.text));
    const result = compare({ lhs: x, rhs: y, bindings, at });
    return result.outcome === 'equal' || (result.outcome === 'open' && squeeze(a) === squeeze(b));
  };
  if (/\\sim/.test(claim.correct) && !/E_/.test(claim.correct))
    return squeeze(claim.correct).includes(squeeze(fix.text));
  if (wantLeft === undefined) return same(mended[1], wantRight) || same(mended[0], wantRight);
  return same(mended[0], wantLeft) && same(mended[1], wantRight);
}

/** At a relation outside of all brackets. */
function split(equation: string): [string | undefined, string] {
  let depth = 0;
  for (let i = 0; i < equation.length; i++) {
    if ('{[('.includes(equation[i])) depth++;
    else if ('}])'.includes(equation[i])) depth--;
    else if (equation[i] === '=' && depth === 0) return [equation.slice(0, i), equation.slice(i + 1)];
  }
  return [undefined, equation];
}
