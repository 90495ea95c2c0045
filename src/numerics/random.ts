import { hash } from 'node:crypto';
import { randomExponential, randomNormal, randomUniform } from 'd3-random';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of pseudo-random numbers; independent streams come from different paths. */
export interface Random {
  /** One draw, uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** One draw of N(0, 1). */
  normal(): number;
  /** One draw of the exponential law of rate 1. */
  exponential(): number;
  /** One draw from {0, …, count − 1}, uniform. */
  index(count: number): number;
  /** One draw of a signed 32-bit integer, uniform. */
  int32(): number;
  /** `count` draws of N(0, 1). */
  normals(count: number): Float64Array;
}

/** State of a stream: four signed 32-bit integers. */
export type StreamKey = readonly [number, number, number, number];

/** The key of the stream named by a run's seed and a path: SHA-256 of both, cut to 128 bits. Nothing about the seed can be read from it. */
export function streamKey(seed: number, ...path: readonly string[]): StreamKey {
  // In one call: a stream is named for every question, and the object of a hash costs more than the hash.
  const digest = hash('sha256', JSON.stringify([seed, ...path]), 'buffer');
  return [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), digest.readInt32LE(12)];
}

/**
 * The stream named by a run's seed and a path such as [claim, setting, method]: any part of a run can be replayed alone,
 * and no part's draws depend on which others ran.
 */
export function randomStream(seed: number, ...path: readonly string[]): Random {
  return streamOf(streamKey(seed, ...path));
}

/** The stream of a key, from its start. */
export function streamOf(key: StreamKey): Random {
  const generator = xoroshiro128plusFromState([...key]);
  const int32 = (): number => generator.next();
  // The upper bits: the lowest bits of xoroshiro128+ are its weak ones.
  const uniform = (): number => ((int32() >>> 5) * 2 ** 26 + (int32() >>> 6)) * 2 ** -53;
  const normal = randomNormal.source(uniform)();
  const exponential = randomExponential.source(uniform)(1);
  const unit = randomUniform.source(uniform)();
  return {
    uniform: unit,
    normal,
    exponential,
    index: (count) => Math.floor(unit() * count),
    int32,
    normals: (count) => {
      // A loop: Float64Array.from takes as long as the draws themselves.
      const values = new Float64Array(count);
      for (let i = 0; i < count; i++) values[i] = normal();
      return values;
    },
  };
}
