import { describe, expect, it } from 'vitest';
import { IdxError } from '../../reference/data/idx-error.js';
import { MnistDownloadError } from '../../reference/data/mnist-download.js';
import { failureOf, WrongUse } from '../../src/cli/failure.js';
import { NativeBackendUnavailable } from '../../src/tensorflow/load.js';

describe('failureOf', () => {
  it.each([
    new WrongUse('Expected --out to name a folder.'),
    new NativeBackendUnavailable('Expected the native backend.'),
    new IdxError({ path: 'a', offset: 4, expected: '28', found: '29', remedy: 'Fetch the file again.' }),
  ])('wrong use has exit code 2 and its own sentence: $name', (error) => {
    expect(failureOf(error)).toEqual({ code: 2, message: error.message });
  });

  it('a download that failed has exit code 3, and is nothing to report', () => {
    const error = new MnistDownloadError('train', '/cache', [{ url: 'https://mirror.example', reason: 'HTTP 404' }]);
    expect(failureOf(error)).toEqual({ code: 3, message: error.message });
  });

  it('an error of the operating system has exit code 3 and says what it refused', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    expect(failureOf(error)).toEqual({
      code: 3,
      message:
        'The operating system refused a step: ENOSPC: no space left on device, write. Check the path, the permissions and the space on the disk.',
    });
  });

  it.each([new TypeError('x is not a function'), 'a text that was thrown'])(
    'anything else is a bug with exit code 3: %s',
    (error) => {
      const { code, message } = failureOf(error);
      expect(code).toBe(3);
      expect(message).toContain(error instanceof Error ? 'TypeError: x is not a function' : error);
      expect(message).toContain('This is a bug in scorecheck; please report it');
    },
  );
});
