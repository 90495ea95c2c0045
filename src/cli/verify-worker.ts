import { worker, workerEmit } from 'workerpool';
import { loadDigits } from '../../reference/data/digits.js';
import { claims } from '../claims/index.js';
import { readNetwork } from '../training/trained-network.js';
import type { Claim } from '../verify/claim.js';
import type { ClaimResult } from '../verify/result.js';
import { verifyClaim } from '../verify/verify.js';
import { courseFolder, ownClaims } from './course-folder.js';
import type { VerifyJob } from './verify-processes.js';

const loaded = new Map<string, Promise<readonly Claim[]>>();

/** A claim of the course's own: its files are read once for all that this process verifies. */
async function ownClaim(course: string | undefined, id: string): Promise<Claim | undefined> {
  if (course === undefined) return undefined;
  const own = loaded.get(course) ?? ownClaims(courseFolder(course), []);
  loaded.set(course, own);
  return (await own).find((one) => one.id === id);
}

// A process of verify-processes.ts: it takes one claim at a time and answers with plain data.
worker({
  async verifyClaim({
    claim: id,
    mnistFolder,
    trainingImages,
    networkFile,
    course,
    ...rest
  }: VerifyJob): Promise<ClaimResult> {
    const claim = claims.find((one) => one.id === id) ?? (await ownClaim(course, id));
    if (claim === undefined) throw new TypeError(`Expected the id of a claim, found "${id}".`);
    const network = networkFile === undefined ? undefined : readNetwork(networkFile);
    const resources = {
      digits: loadDigits(process.env, mnistFolder),
      trainingImages,
      ...(network === undefined ? {} : { network }),
    };
    return verifyClaim(claim, { ...rest, resources, progress: workerEmit });
  },
});
