import { verificationSchema, type Verification } from '../../src/verify/result.js';
import { scriptOutput } from './child.js';

/** One run of the real command line, on one core: another part has the other. */
export async function verification(
  seed: number,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Verification> {
  const json = await scriptOutput(
    '../../src/cli/main.js',
    ['verify', '--seed', String(seed), '--jobs', '1', ...args, '--json', '-'],
    env,
  ).catch(
    // Exit code 1 with its JSON is a finding, not a failure.
    (error: { stdout?: string }) => {
      if (error.stdout?.startsWith('{') === true) return error.stdout;
      throw error;
    },
  );
  return verificationSchema.parse(JSON.parse(json));
}

/** What a quick calibration looks at alone: two claims with random draws, two without, one on digits. */
export const few = [
  'score-mean-zero',
  'dsm-cross-term',
  'score-is-log-gradient',
  'tweedie-vp',
  'score-ignores-normaliser',
];
