import { worker, workerEmit } from 'workerpool';
import { loadDigits } from '../../reference/data/digits.js';
import { claims } from '../claims/index.js';
import { readNetwork } from '../training/trained-network.js';
import type { ClaimResult } from '../verify/result.js';
import { verifyClaim } from '../verify/verify.js';
import type { VerifyJob } from './verify-processes.js';

// A process of verify-processes.ts: it takes one claim at a time and answers with plain data.
worker({
  async verifyClaim({ claim: id, mnistFolder, trainingImages, networkFile, ...rest }: VerifyJob): Promise<ClaimResult> {
    const claim = claims.find((one) => one.id === id);
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
