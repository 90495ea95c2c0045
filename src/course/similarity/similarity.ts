import { sameExercise, type Course } from '../course.js';
import type { Intake } from '../intake.js';
import { standings } from '../marks/standing.js';
import type { Similarity } from '../result.js';
import type { GradeJob } from '../runner.js';
import { fingerprints, type Fingerprint } from './winnowing.js';
import { tokensOf } from './tokens.js';

/** What is in more than this share of the submissions, and in more than three of them, is what the exercise makes everybody write. */
const commonShare = 0.1;
const commonLeast = 3;

/** Pairs that share less are not told; so are those with few fingerprints in common, which a short exercise makes likely. */
const leastShare = 0.5;
const leastShared = 3;

/** As many pairs per exercise as a human looks at. */
const mostPairs = 50;

interface Prints {
  readonly student: string;
  readonly members: readonly string[];
  readonly digest: string;
  readonly byHash: ReadonlyMap<number, Fingerprint & { readonly file: string }>;
}

/**
 * Pairs of submissions to one exercise that are alike: byte by byte the same, or by the fingerprints that are left without those of the
 * stub and of many. Evidence for a human: short right answers look alike, and no mark depends on it.
 */
export function similarities(course: Course, intake: Intake, jobs: ReadonlyMap<string, GradeJob>): Similarity[] {
  const standing = standings(course, intake);
  return course.exercises.flatMap(({ facts }) => {
    const stub = new Set(fingerprints(tokensOf('submission.ts', facts.stub)).map(({ hash }) => hash));
    const prints = standing.flatMap(({ student, exercise, candidates }): Prints[] => {
      const attempt = candidates.at(-1)?.attempt;
      const job = attempt?.key == null ? undefined : jobs.get(attempt.key);
      if (
        !sameExercise(exercise.facts.id, facts.id) ||
        attempt === undefined ||
        job === undefined ||
        attempt.student !== student
      )
        return [];
      return [
        { student, members: attempt.members, digest: attempt.parts?.['submission'] ?? '', byHash: printsOf(job, stub) },
      ];
    });
    return pairsOf(facts.id, prints);
  });
}

function printsOf({ files }: GradeJob, stub: ReadonlySet<number>): Prints['byHash'] {
  const all = files
    .filter(({ path }) => !path.endsWith('.json'))
    .flatMap(({ path, text }) => fingerprints(tokensOf(path, text)).map((each) => ({ ...each, file: path })));
  return new Map(all.filter(({ hash }) => !stub.has(hash)).map((each) => [each.hash, each]));
}

function pairsOf(exercise: string, prints: readonly Prints[]): Similarity[] {
  const owners = new Map<number, number[]>();
  prints.forEach(({ byHash }, i) => {
    for (const hash of byHash.keys()) owners.set(hash, [...(owners.get(hash) ?? []), i]);
  });
  const common = Math.max(commonLeast, commonShare * prints.length);
  const rare = new Map([...owners].filter(([, who]) => who.length <= common));
  const sizes = prints.map(({ byHash }) => [...byHash.keys()].filter((hash) => rare.has(hash)).length);
  const shared = new Map<string, number[]>();
  for (const [hash, who] of rare) {
    for (let a = 0; a < who.length; a++) {
      for (let b = a + 1; b < who.length; b++) {
        const pair = `${who[a]} ${who[b]}`;
        shared.set(pair, [...(shared.get(pair) ?? []), hash]);
      }
    }
  }
  // The same bytes in many places are no rare fingerprints, and still the first thing to know.
  for (const same of sameDigests(prints))
    for (const b of same.slice(1)) shared.set(`${same[0]} ${b}`, shared.get(`${same[0]} ${b}`) ?? []);
  return [...shared]
    .flatMap(([pair, hashes]): Similarity[] => {
      const [a, b] = pair.split(' ').map(Number);
      const identical = prints[a].digest === prints[b].digest;
      const share = identical ? 1 : hashes.length / Math.max(1, Math.min(sizes[a], sizes[b]));
      const together = prints[a].members.includes(prints[b].student);
      if (together || (!identical && (share < leastShare || hashes.length < leastShared))) return [];
      return [
        {
          exercise,
          a: prints[a].student,
          b: prints[b].student,
          identical,
          shared: hashes.length,
          share,
          regions: regionsOf(prints[a], prints[b], hashes),
        },
      ];
    })
    .sort((x, y) => Number(y.identical) - Number(x.identical) || y.share - x.share || y.shared - x.shared)
    .slice(0, mostPairs);
}

function sameDigests(prints: readonly Prints[]): number[][] {
  const groups = new Map<string, number[]>();
  prints.forEach(({ digest }, i) => groups.set(digest, [...(groups.get(digest) ?? []), i]));
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Where the shared fingerprints stand; those that touch in both files are one region. */
function regionsOf(a: Prints, b: Prints, hashes: readonly number[]): Similarity['regions'] {
  const found = hashes
    .flatMap((hash) => {
      const [x, y] = [a.byHash.get(hash), b.byHash.get(hash)];
      return x === undefined || y === undefined ? [] : [{ a: placeOf(x), b: placeOf(y) }];
    })
    .sort((x, y) => (x.a.file === y.a.file ? x.a.line - y.a.line : x.a.file < y.a.file ? -1 : 1));
  const regions: Similarity['regions'] = [];
  for (const each of found) {
    const last = regions.at(-1);
    if (last !== undefined && touches(last.a, each.a) && touches(last.b, each.b)) {
      last.a.endLine = Math.max(last.a.endLine, each.a.endLine);
      last.b.line = Math.min(last.b.line, each.b.line);
      last.b.endLine = Math.max(last.b.endLine, each.b.endLine);
    } else regions.push(each);
  }
  return regions;
}

type Region = Similarity['regions'][number]['a'];

const placeOf = ({ file, line, endLine }: Fingerprint & { readonly file: string }): Region => ({ file, line, endLine });

const touches = (a: Region, b: Region): boolean =>
  a.file === b.file && b.line <= a.endLine + 1 && a.line <= b.endLine + 1;
