import { worker, workerEmit } from 'workerpool';
import { loadDigits } from '../../reference/data/digits.js';
import { once } from '../numerics/once.js';
import { backend } from '../tensorflow/tensorflow.js';
import { figuresOfClaim } from '../claims/figures/index.js';
import { claims } from '../claims/index.js';
import { readNetwork } from '../training/trained-network.js';
import type { Claim, Resources } from '../verify/claim.js';
import { verifyClaim } from '../verify/verify.js';
import { courseFolder, ownClaims } from './course-folder.js';
import { judgedToTheEnd } from './own-claim-failure.js';
import type { Plan, SettingEvent, Verified, VerifyJob } from './verify-processes.js';

const loaded = new Map<string, Promise<readonly Claim[]>>();

/** A claim of the course's own: its files are read once for all that this process verifies. */
async function ownClaim(course: string | undefined, id: string): Promise<Claim | undefined> {
  if (course === undefined) return undefined;
  const own = loaded.get(course) ?? ownClaims(courseFolder(course), []);
  loaded.set(course, own);
  return (await own).find((one) => one.id === id);
}

let kept: Resources | undefined;

/** Made once: what claims keep for one another, such as the covariance of the digits, they keep by this object. All jobs of a process name the same data. */
function resourcesOf({ mnistFolder, trainingImages, networkFile }: VerifyJob): Resources {
  if (kept !== undefined) return kept;
  const network = networkFile === undefined ? undefined : readNetwork(networkFile);
  // Read when a claim asks for them: mostly the claims on digits are the work of one process.
  const digits = once(() => loadDigits(process.env, mnistFolder));
  kept = {
    get digits() {
      return digits();
    },
    trainingImages,
    ...(network === undefined ? {} : { network }),
  };
  return kept;
}

// A process of verify-processes.ts: it takes one claim at a time and answers with plain data.
worker({
  plan(): Plan {
    const planned = claims.map(({ id, kind, settings }) => ({
      id,
      kind,
      settings: settings.map(({ name, usesDigits, usesNetwork }) => ({ name, usesDigits, usesNetwork })),
    }));
    return { claims: planned, backend };
  },
  async verifyClaim(job: VerifyJob): Promise<Verified> {
    const { claim: id, version, seed, quick, course } = job;
    const claim = claims.find((one) => one.id === id) ?? (await ownClaim(course, id));
    if (claim === undefined) throw new TypeError(`Expected the id of a claim, found "${id}".`);
    const resources = resourcesOf(job);
    const own = course === undefined ? undefined : courseFolder(course);
    const result = await judgedToTheEnd(own, (told) => {
      const progress = (event: SettingEvent): void => {
        told(event);
        workerEmit(event);
      };
      return verifyClaim(claim, { version, seed, quick, resources, progress });
    });
    return { result, figures: figuresOfClaim(result, resources, seed) };
  },
});
