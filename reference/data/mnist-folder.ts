import path from 'node:path';
import { cacheFolder } from '../../src/tensorflow/cache.js';

/** Where `data mnist` puts the files; `verify` and exercise 10 look for them there. */
export const mnistFolder = (env: NodeJS.ProcessEnv): string => path.join(cacheFolder(env), 'mnist');
