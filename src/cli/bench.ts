import type { Bench } from '../course/grade-job.js';
import type { GradeJob } from '../course/runner.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { openSandbox } from '../sandbox/sandbox.js';
import { exerciseDigest } from './course-exercises.js';
import { loadExercise } from './exercise-folders.js';
import { packageVersion } from './package.js';

/** What grades jobs in this process; closed by `await using`. */
export interface OpenBench extends AsyncDisposable {
  /** The bench with the isolation and the limits of a job; the sandbox stays open for jobs like it. */
  with(job: Pick<GradeJob, 'limits' | 'isolation'>): Promise<Bench>;
}

/** A bench whose sandbox is opened with the first job. */
export function benchFor(env: NodeJS.ProcessEnv): OpenBench {
  const version = packageVersion();
  let open: { readonly like: string; readonly sandbox: Sandbox } | undefined;
  return {
    async with({ limits: { jobMilliseconds: _whole, ...limits }, isolation }) {
      const like = JSON.stringify([isolation, limits]);
      if (open?.like !== like) {
        await open?.sandbox[Symbol.asyncDispose]();
        const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
        open = {
          like,
          sandbox: await openSandbox({
            limits: given,
            env,
            isolation: isolation === 'full' ? 'full' : 'best',
            warm: 1,
            many: true,
          }),
        };
      }
      return {
        sandbox: open.sandbox,
        version,
        exercise: async (name) => ({ exercise: await loadExercise(name), digest: exerciseDigest(name) }),
      };
    },
    async [Symbol.asyncDispose]() {
      await open?.sandbox[Symbol.asyncDispose]();
      open = undefined;
    },
  };
}
