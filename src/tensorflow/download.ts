import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { isOfDisk, problem, SetupStopped } from './problem.js';
import type { Progress } from './progress.js';
import type { Release } from './releases.js';

/** Downloads a wheel by HTTP to `folder`, by way of the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name; stops with `download-failed`. */
export async function download(
  url: string,
  { release, folder, progress, env }: { release: Release; folder: string; progress: Progress; env: NodeJS.ProcessEnv },
): Promise<string> {
  const file = path.join(folder, 'tensorflow.whl');
  try {
    const response = await fetch(url, { dispatcher: proxy(env) });
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? release.bytes);
    let done = 0;
    await pipeline(
      Readable.fromWeb(response.body),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          done += chunk.length;
          progress({ stage: 'download', done, total });
          yield chunk;
        }
      },
      createWriteStream(file),
    );
    return file;
  } catch (error) {
    if (isOfDisk(error)) throw error;
    throw new SetupStopped(problem('download-failed', { source: url, detail: innermost(error), release }));
  }
}

function proxy(env: NodeJS.ProcessEnv): EnvHttpProxyAgent {
  const named = {
    httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'],
    httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'],
    noProxy: env['no_proxy'] ?? env['NO_PROXY'],
  };
  return new EnvHttpProxyAgent(Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)));
}

/** `fetch` says "fetch failed"; the reason is in the cause. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : innermost(error.cause);
}
