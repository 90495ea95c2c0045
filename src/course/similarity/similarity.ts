import { sameExercise, type Course } from '../course.js';
import type { Intake } from '../intake.js';
import { standings } from '../marks/standing.js';
import type { Similarity } from '../result.js';
import type { GradeJob } from '../runner.js';
import { longestRun, regionsOf, type Match, type Placed } from './regions.js';
import { tokensOf } from './tokens.js';
import { fingerprints } from './winnowing.js';

/** What is in more than this share of the submissions, and in more than three of them, is what the exercise makes everybody write. */
const commonShare = 0.1;
const commonLeast = 3;

/** A pair is told from this share of the smaller one on, and only with so many fingerprints (some 45 tokens): less is what a short exercise leaves to write. */
const leastShare = 0.5;
const leastShared = 8;

/**
 * A pair is told as well from a run of so many tokens on, which is one long function. Two writings of one function in bench/grade/mutants, by one
 * author, share at most 67 tokens in a row; a copy of one of the ten longest functions of the exercises leaves 74 or more.
 */
const leastRun = 70;

/** As many pairs per exercise as a human looks at. */
const mostPairs = 50;

interface Prints {
  readonly student: string;
  readonly members: readonly string[];
  readonly digest: string;
  readonly byHash: ReadonlyMap<number, Placed>;
}

/**
 * Pairs of submissions to one exercise that are alike: byte by byte the same, or, by the fingerprints that are left without those of the stub and of many, the
 * same for the greater part or in one long function. Evidence for a human: short right answers look alike, and no mark depends on it.
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
  /** Each copy and what it is a copy of: the first stands for all of them, or twenty copies would be two hundred pairs and leave no room for others. */
  const copies = new Map<number, number>();
  for (const [first, ...others] of sameDigests(prints)) {
    for (const b of others) {
      shared.set(`${first} ${b}`, shared.get(`${first} ${b}`) ?? []);
      copies.set(b, first);
    }
  }
  return [...shared]
    .flatMap(([pair, hashes]): Similarity[] => {
      const [a, b] = pair.split(' ').map(Number);
      const identical = prints[a].digest === prints[b].digest;
      const matches = matchesOf(prints[a], prints[b], hashes);
      const longest = longestRun(matches);
      const share = identical ? 1 : hashes.length / Math.max(1, Math.min(sizes[a], sizes[b]));
      const told = [a, b].every((each) => (copies.get(each) ?? a) === a);
      const together = prints[a].members.includes(prints[b].student);
      const alike = identical || longest >= leastRun || (share >= leastShare && hashes.length >= leastShared);
      if (together || !alike || !told) return [];
      return [
        {
          exercise,
          a: prints[a].student,
          b: prints[b].student,
          identical,
          shared: hashes.length,
          share,
          longest,
          regions: regionsOf(matches),
        },
      ];
    })
    .sort((x, y) => Number(y.identical) - Number(x.identical) || y.share - x.share || y.shared - x.shared)
    .slice(0, mostPairs);
}

const matchesOf = ({ byHash: a }: Prints, { byHash: b }: Prints, hashes: readonly number[]): Match[] =>
  hashes.flatMap((hash) => {
    const [x, y] = [a.get(hash), b.get(hash)];
    return x === undefined || y === undefined ? [] : [{ a: x, b: y }];
  });

function sameDigests(prints: readonly Prints[]): number[][] {
  const groups = new Map<string, number[]>();
  prints.forEach(({ digest, byHash }, i) => {
    // The stub as it was handed out is nobody's work.
    if (byHash.size > 0) groups.set(digest, [...(groups.get(digest) ?? []), i]);
  });
  return [...groups.values()].filter(({ length }) => length > 1);
}
