import { describe, expect, it } from 'vitest';
import { stopMessage } from '../../src/sandbox/stop.js';

describe('stopMessage', () => {
  it.each([
    ['time', { allowed: 1500 }, 'No answer within 1.5 s: the call was stopped. Look for a loop that does not end.'],
    ['cpu', { allowed: 60_000 }, 'The submission used more than 60 s of processor time and was stopped.'],
    [
      'memory',
      { allowed: 2e9 },
      'The submission used more than 2000 MB of memory and was stopped. Look for arrays that grow, and in TensorFlow.js for tensors that are not disposed (tf.tidy).',
    ],
    ['processes', { allowed: 256 }, 'The submission started more than 256 threads and processes and was stopped.'],
    ['output', { allowed: 16e6 }, 'The submission printed more than 16 MB and was stopped.'],
    ['answer-size', { allowed: 64e6 }, 'The answer was larger than 64 MB, so it was not read.'],
    ['protocol', {}, 'The submission wrote to the channel of the harness, so its answers were not read any further.'],
    [
      'crash',
      { exitCode: 134, signal: null },
      'The process of the submission crashed with exit code 134 before it answered.',
    ],
    [
      'crash',
      { exitCode: null, signal: 'SIGSEGV' },
      'The process of the submission crashed with signal SIGSEGV before it answered.',
    ],
    [
      'no-answer',
      { exitCode: 0 },
      'The process of the submission ended before it answered. A call must return its result, and a promise must be settled.',
    ],
  ] as const)('has a sentence for %s', (reason, facts, sentence) => {
    expect(stopMessage(reason, facts)).toBe(sentence);
  });
});
