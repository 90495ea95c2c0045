import path from 'node:path';
import { cacheFolder } from '../tensorflow/cache.js';

/** Where `data mnist` puts the files and `verify` looks for them. */
export const mnistFolder = (env: NodeJS.ProcessEnv): string => path.join(cacheFolder(env), 'mnist');
