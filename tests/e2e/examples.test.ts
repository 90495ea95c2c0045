import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeTheoryReport } from '../../src/report/report.js';
import { verificationSchema, type Verification } from '../../src/verify/result.js';
import { differences } from './differences.js';
import { root, run, temporaryFolder } from './command-line.js';

const committed = path.join(root, 'reports', 'examples');

function read(folder: string): Verification {
  const data: unknown = JSON.parse(readFileSync(path.join(folder, 'theory.json'), 'utf8'));
  verificationSchema.parse(data);
  return data as Verification; // what was parsed has its keys in another order
}

/** The files of the theory report; the example of the calibration has its own test. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(path.join(folder, file)).isFile() && file.startsWith('theory'))
    .sort();

/** A PNG as its pixels: how they are packed depends on the version of zlib. */
const pixels = (png: Buffer): string => PNG.sync.read(png).data.toString('base64');

/** The text with each embedded PNG as its pixels. */
const unpacked = (text: string): string =>
  text.replace(/data:image\/png;base64,([\w+/=]+)/g, (_, data: string) => pixels(Buffer.from(data, 'base64')));

describe('reports/examples', () => {
  // What the report code makes of the committed numbers has to be the committed report, byte for byte, on every machine.
  it('are the reports of their own JSON', async () => {
    const folder = temporaryFolder();
    await writeTheoryReport(read(committed), folder, { times: false });
    expect(filesOf(folder)).toEqual(filesOf(committed));
    for (const file of filesOf(committed)) {
      const [now, then] = [path.join(folder, file), path.join(committed, file)];
      if (file.endsWith('.png')) expect(pixels(readFileSync(now)), file).toBe(pixels(readFileSync(then)));
      else expect(unpacked(readFileSync(now, 'utf8')), file).toBe(unpacked(readFileSync(then, 'utf8')));
    }
  });

  it('are on drawn digits, hold no times, and stay small', () => {
    const { data, milliseconds } = read(committed);
    expect(data.name).toBe('drawn digits, not MNIST');
    expect(milliseconds).toBeUndefined();
    const size = filesOf(committed).reduce((sum, file) => sum + statSync(path.join(committed, file)).size, 0);
    expect(size).toBeLessThan(2_700_000);
  });
});

describe('`npm run examples` today', () => {
  const folder = temporaryFolder();
  beforeAll(async () => {
    const { code, stderr } = await run(process.execPath, ['scripts/examples.mjs', folder]);
    expect(code, stderr).toBe(0);
  }, 300_000);

  // Numbers in float32 differ between processors and backends; differences.ts says by how much they may.
  it('says the same as the committed examples: statements, verdicts and, as far as float32 goes, numbers', () => {
    expect(differences(read(folder), read(committed))).toEqual([]);
  });
});
