import { inLanguage, type Language } from '../grade/texts.js';
import { findPython, type Python } from '../sandbox/python.js';
import { WrongUse } from './failure.js';

/** The Python that runs submissions; WrongUse with what to install where there is none. */
export async function foundPython(env: NodeJS.ProcessEnv): Promise<Python> {
  const found = await findPython(env);
  if ('executable' in found) return found;
  throw new WrongUse(`Expected a Python with numpy to check this submission. ${found.reason} ${found.remedy}`);
}

/** On one line: `3.11.7, numpy 2.4.6, no torch (/usr/bin/python3.11)`. */
export const pythonText = (
  { version, numpy, torch, executable }: Pick<Python, 'version' | 'numpy' | 'torch' | 'executable'>,
  language: Language = 'en',
): string => {
  const without = inLanguage(language)('no torch', '沒有 torch');
  return `${version}, numpy ${numpy}, ${torch === undefined ? without : `torch ${torch}`} (${executable})`;
};
