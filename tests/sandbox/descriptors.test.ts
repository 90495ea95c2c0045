import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../src/sandbox/descriptors.ts', import.meta.url));

describe('highestInherited', () => {
  it('finds what a shell left open', () => {
    const { outputFiles } = buildSync({ entryPoints: [source], write: false, format: 'esm', platform: 'node' });
    const script = `${outputFiles[0]?.text ?? ''}; console.log(highestInherited());`;
    const highest = (opened: string): number =>
      Number(
        execFileSync('bash', ['-c', `${opened} exec "$0" --input-type=module -e "$1"`, process.execPath, script], {
          encoding: 'utf8',
        }),
      );
    // Node marks what it finds from 0 on without a gap; -1 unless whoever runs the tests left another one open.
    const before = highest('');
    expect(before).toBeLessThan(300);
    expect(highest('exec 300</dev/zero;')).toBe(300);
    expect(highest('exec 300</dev/zero; exec 300<&-;')).toBe(before);
  });
});
