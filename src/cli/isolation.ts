import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What the machine offers to shut a program in. The checks of student submissions will need it; no command does yet. */
export interface Isolation {
  /** Version of bubblewrap, `null` where `bwrap` is not found. */
  readonly bubblewrap: string | null;
  /** Whether this user may make a user namespace, `null` where `unshare` is not there to try. */
  readonly userNamespaces: boolean | null;
}

const run = promisify(execFile);

/** Looks for bubblewrap and tries to make a user namespace; changes nothing. */
export async function isolationFacts(env: NodeJS.ProcessEnv): Promise<Isolation> {
  const [bubblewrap, userNamespaces] = await Promise.all([
    run('bwrap', ['--version'], { env, timeout: 5_000 }).then(
      ({ stdout }) => stdout.trim(),
      () => null,
    ),
    run('unshare', ['--user', '--map-root-user', 'true'], { env, timeout: 5_000 }).then(
      () => true,
      (error: unknown) => (error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : false),
    ),
  ]);
  return { bubblewrap, userNamespaces };
}
