import { findPython, type Python } from '../sandbox/python.js';
import { WrongUse } from './failure.js';

/** The Python that runs submissions; WrongUse with what to install where there is none. */
export async function foundPython(env: NodeJS.ProcessEnv): Promise<Python> {
  const found = await findPython(env);
  if ('executable' in found) return found;
  throw new WrongUse(`Expected a Python with numpy to check this submission. ${found.reason} ${found.remedy}`);
}

/** On one line: `3.11.7, numpy 2.4.6, no torch (/usr/bin/python3.11)`. */
export const pythonText = ({
  version,
  numpy,
  torch,
  executable,
}: Pick<Python, 'version' | 'numpy' | 'torch' | 'executable'>): string =>
  `${version}, numpy ${numpy}, ${torch === undefined ? 'no torch' : `torch ${torch}`} (${executable})`;
