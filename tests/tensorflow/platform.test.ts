import { expect, test } from 'vitest';
import { releaseOn, thisHost } from '../../src/tensorflow/platform.js';
import { releases } from '../../src/tensorflow/releases.js';

test.each([
  [{ platform: 'linux-x64', glibc: '2.17', avx: true }, 'tensorflow-cpu', '2.15.1'],
  [{ platform: 'linux-x64', glibc: '2.36' }, 'tensorflow-cpu', '2.15.1'],
  [{ platform: 'linux-arm64', glibc: '2.31' }, 'tensorflow-cpu-aws', '2.15.1'],
  [{ platform: 'darwin-x64' }, 'tensorflow', '2.15.1'],
  [{ platform: 'darwin-arm64' }, 'tensorflow', '2.16.2'],
])('%o gets %s %s', (host, distribution, version) => {
  expect(releaseOn(host)).toMatchObject({ release: { distribution, version } });
});

test.each([
  [{ platform: 'linux-x64' }, 'musl'],
  [{ platform: 'linux-x64', glibc: '2.9', avx: true }, 'old-glibc'],
  [{ platform: 'linux-arm64', glibc: '2.16.90' }, 'old-glibc'],
  [{ platform: 'linux-x64', glibc: '2.36', avx: false }, 'no-avx'],
  [{ platform: 'win32-x64' }, 'windows'],
  [{ platform: 'win32-arm64' }, 'windows'],
  [{ platform: 'linux-riscv64', glibc: '2.39' }, 'platform'],
  [{ platform: 'freebsd-x64' }, 'platform'],
])('%o is refused: %s', (host, code) => {
  expect(releaseOn(host)).toMatchObject({ problem: { code } });
});

test('a refusal says what was found and what to do', () => {
  expect(releaseOn({ platform: 'linux-x64', glibc: '2.9' })).toEqual({
    problem: {
      code: 'old-glibc',
      message: 'Expected glibc 2.17 or newer, found 2.9.',
      remedy: 'Use a newer Linux distribution or container image; glibc cannot be replaced alone.',
    },
  });
});

test('this host is described', () => {
  const host = thisHost();
  expect(host.platform).toBe(`${process.platform}-${process.arch}`);
  if (host.glibc !== undefined) expect(host.glibc).toMatch(/^\d+\.\d+/);
});

test('every pinned wheel has a digest and sizes', () => {
  for (const release of Object.values(releases)) {
    expect(release.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(release.bytes).toBeGreaterThan(2e8);
    expect(release.unpacked).toBeGreaterThan(2 * release.bytes);
  }
});
