import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { Connection } from '../../src/queue/connection.js';
import { tellWhenAway, troubleText } from '../../src/queue/trouble.js';

it('tells once that the server is away, and once that it is back', () => {
  const redis = new EventEmitter();
  const told: string[] = [];
  tellWhenAway(redis as unknown as Connection, 'redis://host:6379', (text) => told.push(text));
  redis.emit('ready');
  for (let i = 0; i < 3; i++) redis.emit('error', new Error('connect ECONNREFUSED'));
  redis.emit('ready');
  redis.emit('ready');
  redis.emit('error', new Error('read ECONNRESET'));
  expect(told).toEqual([
    'No answer from redis://host:6379: connect ECONNREFUSED. Waiting for it; what has a result is not lost.',
    'redis://host:6379 answers again.',
    'No answer from redis://host:6379: read ECONNRESET. Waiting for it; what has a result is not lost.',
  ]);
});

it("says of a job that the server forgot that it is no longer this worker's", () => {
  const key = '35d2aa1858243a2270c35740b79fd7a85a3fa02ec3ff7cae5fe84ad7e1b57f0f';
  for (const message of [`Missing key for job ${key}. moveToFinished`, `Missing lock for job ${key}. moveToDelayed`])
    expect(troubleText(message)).toMatch(/^35d2aa185824 {2}is no longer this worker's/);
  expect(troubleText('connect ECONNREFUSED 127.0.0.1:6379')).toBeUndefined();
  expect(troubleText('Connection is closed.')).toBeUndefined();
  expect(troubleText('OOM command not allowed')).toBe('The queue: OOM command not allowed');
});
