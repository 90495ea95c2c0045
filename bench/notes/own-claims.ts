import { courseClaims } from '../../src/notes/known/course-claims.js';
import { completeNames } from '../../src/notes/recognise/complete-names.js';
import { readNotes } from '../../src/notes/notes.js';

/** What the reader makes of a claim's own LaTeX, or of a false variant's, read behind what the claim gives of its letters. */
export interface OwnVerdict {
  /** `dsm-forms`, or `dsm-forms/weight-sigma-squared`. */
  readonly name: string;
  readonly isVariant: boolean;
  /** `definition`: nothing in it is claimed. */
  readonly verdict: 'true' | 'false' | 'definition' | 'not-checked';
  /** Why the first link that is not decided is not. */
  readonly reason: string;
}

/** Reads every claim of the course and each of its false variants by itself. */
export const ownVerdicts = (claims: typeof courseClaims = courseClaims): OwnVerdict[] =>
  claims.flatMap(({ id, variants, ...claim }) => [
    { name: id, isVariant: false, ...verdictOf(claim) },
    ...Object.entries(variants).map(([variant, stated]) => ({
      name: `${id}/${variant}`,
      isVariant: true,
      ...verdictOf({ ...stated, given: stated.given ?? claim.given }),
    })),
  ]);

type Stated = Pick<(typeof courseClaims)[number]['variants'][string], 'statement' | 'kind'> & {
  given?: string | undefined;
};

/** What a claim or variant is judged by: a document on scores that says what is given, and then the statement. */
export const documentOf = ({ given = '', statement }: Stated): string =>
  `On scores of densities.${given === '' ? '' : ` ${given}`}\n\n$$${statement.replace(/\s*\n\s*/g, ' ')}$$\n`;

/** What the reader says, as a warning, of an equation that claims nothing or leaves open what is meant; numbers do not call it false. */
const flagged = {
  vacuous: /says nothing/,
  'ill-formed': /names no variable/,
  naming: /(?!)/,
  value: /(?!)/,
} as const;

function verdictOf(stated: Stated): Pick<OwnVerdict, 'verdict' | 'reason'> {
  const text = documentOf(stated);
  const { links } = readNotes('claim.md', text);
  const before = links.find(({ rhs, severity }) => rhs.start < text.indexOf('$$') && severity === 'error');
  if (before) return { verdict: 'not-checked', reason: `What is given is in error: ${before.message}` };
  const own = links.filter(({ rhs }) => rhs.start > text.indexOf('$$'));
  const claimed = own.filter(({ verdict }) => verdict !== 'definition');
  if (claimed.some(({ verdict, severity }) => verdict === 'false' || severity === 'error'))
    return { verdict: 'false', reason: '' };
  if (claimed.length === 0) return { verdict: 'definition', reason: 'By itself it defines, and claims nothing.' };
  if (flagged[stated.kind ?? 'value'].test(claimed[0].message)) return { verdict: 'false', reason: '' };
  const open = claimed.find(({ verdict }) => verdict !== 'true');
  return open ? { verdict: 'not-checked', reason: open.message } : { verdict: 'true', reason: '' };
}

/** The page that lists what is not decided, with the reason. */
export function ownClaimsPage(verdicts: readonly OwnVerdict[]): string {
  const claims = verdicts.filter(({ isVariant }) => !isVariant);
  const variants = verdicts.filter(({ isVariant }) => isVariant);
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const table = (list: readonly OwnVerdict[], wanted: OwnVerdict['verdict']): string => {
    const rows = list.filter(({ verdict }) => verdict !== wanted);
    const lines = rows.map(({ name, reason }) => `| \`${name}\` | ${cell(reason)} |\n`);
    return rows.length === 0 ? '' : `\n| name | why |\n| --- | --- |\n${lines.join('')}`;
  };
  const count = (list: readonly OwnVerdict[], wanted: OwnVerdict['verdict']): number =>
    list.filter(({ verdict }) => verdict === wanted).length;
  return `# The course's claims as the reader of notes reads them

Written by \`npm run schema\`; a test compares it and states the counts, which may only grow. Each claim's own LaTeX and each false variant's is read
in a document on scores that says nothing else than what the claim gives of its letters. No claim is called false, and no false variant true.

## Claims: ${count(claims, 'true')} of ${claims.length} are found true
${table(claims, 'true')}
## False variants: ${count(variants, 'false')} of ${variants.length} are found false
${table(variants, 'false')}
## Recognised: ${completeNames.size} of these are decided by what they are, not by numbers

No numbers of the reader decide them: sums over data, laws in which a chain ends, processes from their start, orders of errors, noise that is not Gaussian, integrals over a box, counts of operations. A formula that is, up to the
names of its letters and the order of sums, the whole statement, right behind the words that say what its letters are, has its verdict; nothing else in
the document may say what they are, and a false one is red only where the words around assert it.

${[...completeNames].map((name) => `\`${name}\``).join(', ')}
`;
}
