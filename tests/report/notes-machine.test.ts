import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import type { NotesResult } from '../../src/notes/result.js';
import { readNotes } from '../../src/notes/notes.js';
import { summarise } from '../../src/notes/summarise.js';
import { notesGithub, notesJunit, notesMarkdown, notesSarif } from '../../src/report/notes-machine.js';

const path = 'notes/第 1 週, 50%:a&b.md';
const text =
  'A 😀 $\\|u-v\\|^2 = \\|u\\|^2 + 2\\langle u, v \\rangle + \\|v\\|^2$ and\n\n$$\n\\|u\\|^2 % 100 % of it\n= 2 \\|u\\|^2\n$$\n\n$\\|u\\|^2 = u \\cdot u$ $\\text{a <b> & "c" ]]> \u0007} \\nabla \\cdot S(x) = \\nabla S(x)$ $\\zeta(u) = \\zeta(2u)$ $\\argmin L_{ISM} = \\argmin L_{ISM}$\n';

const result: NotesResult = {
  version: '1.2.3',
  files: [{ ...summarise(readNotes(path, text)), path }],
};
const errors = result.files[0].links.filter(({ severity }) => severity === 'error');
const warnings = result.files[0].links.filter(({ severity }) => severity === 'warning');

it('has something of each kind to say', () => {
  expect(errors.length).toBe(3);
  expect(warnings.length).toBe(1);
  expect(errors.filter(({ fix }) => fix !== null).length).toBeGreaterThanOrEqual(2);
});

it('SARIF: each finding under a known rule, with a place, a URI that leads back to the path, and replacements', () => {
  // That names and types are those of SARIF 2.1.0 the compiler checks: notesSarif returns its Log.
  const [{ tool, results = [], columnKind }] = notesSarif(result).runs;
  expect(columnKind).toBe('utf16CodeUnits');
  expect(results.map(({ level }) => level)).toEqual(['error', 'error', 'error', 'warning']);
  const rules = tool.driver.rules?.map(({ id }) => id);
  const lines = text.split('\n');
  for (const { ruleId, locations, fixes } of results) {
    expect(rules).toContain(ruleId);
    const place = locations?.[0]?.physicalLocation;
    expect(decodeURIComponent(place?.artifactLocation?.uri ?? '')).toBe(path);
    expect(place?.artifactLocation?.uri).toMatch(/^[\x21-\x7e]+$/);
    const { startLine = 0, startColumn = 0 } = place?.region ?? {};
    expect(lines[startLine - 1].slice(startColumn - 1)).toMatch(/^(\\|2)/);
    for (const { artifactChanges } of fixes ?? []) expect(artifactChanges[0].replacements[0].insertedContent?.text).toBeDefined();
  }
}); // prettier-ignore

it('SARIF: as the JSON Schema of OASIS says', () => {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const { $schema, id, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  // Of draft 4 the schema uses nothing that draft 7 reads in another way, but for these two names.
  expect([$schema, id]).toEqual([expect.stringContaining('draft-04'), expect.stringContaining('sarif-2.1.0')]);
  const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true }).compile(
    schema,
  );
  const log = JSON.parse(JSON.stringify(notesSarif(result))) as { runs: { results: { level: string }[] }[] };
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  log.runs[0].results[0].level = 'fatal';
  expect(validate(log)).toBe(false);
});

it('JUnit: XML that a parser reads, with the counts of the suite', () => {
  const xml = notesJunit(result);
  expect(XMLValidator.validate(xml)).toBe(true);
  const parsed = new XMLParser({ ignoreAttributes: false, htmlEntities: true, isArray: (name) => /^test(suite|case)$/.test(name) }).parse(xml) as {
    testsuites: { testsuite: { '@_name': string; '@_tests': string; '@_failures': string; '@_skipped': string; testcase: { '@_classname': string; failure?: unknown; skipped?: unknown }[] }[] };
  };
  const [suite] = parsed.testsuites.testsuite;
  expect(suite['@_name']).toBe(path);
  expect(suite.testcase.length).toBe(Number(suite['@_tests']));
  expect(suite.testcase.filter(({ failure }) => failure !== undefined).length).toBe(Number(suite['@_failures']));
  expect(suite.testcase.filter(({ skipped }) => skipped !== undefined).length).toBe(Number(suite['@_skipped']));
  expect(Number(suite['@_failures'])).toBe(errors.length);
}); // prettier-ignore

it('GitHub: one command a line, whose properties and message come back as they were', () => {
  const commands = notesGithub(result).trimEnd().split('\n');
  expect(commands.length).toBe(4);
  // As the runner of GitHub reads a line: properties up to the first ::, then the message.
  const plain = (value: string): string => value.replace(/%(0A|0D|3A|2C|25)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  for (const [i, command] of commands.entries()) {
    const match = /^::(error|warning) (.*?)::(.*)$/.exec(command);
    expect(match).not.toBeNull();
    const properties = Object.fromEntries((match?.[2] ?? '').split(',').map((each) => each.split('=') as [string, string]));
    expect(plain(properties['file'])).toBe(path);
    const link = [...errors, ...warnings][i];
    expect([properties['line'], properties['col'], properties['endLine']].map(Number)).toEqual([link.line, link.column, link.endLine]);
    if (link.fix) expect(plain(match?.[3] ?? '')).toMatch(/\nFix: (put|leave out)/);
    if (link.fix) expect(plain(match?.[3] ?? '')).toContain(link.fix.reads ?? link.fix.text);
  }
}); // prettier-ignore

it('Markdown: a row for each finding, whose cells the pipes of formulas do not break', () => {
  const rows = notesMarkdown(result)
    .split('\n')
    .filter((line) => /^\| \d/.test(line));
  expect(rows.length).toBe(4);
  for (const row of rows) expect(row.split(/(?<!\\)\|/).length).toBe(7);
});
