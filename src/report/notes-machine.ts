import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Log, Region } from 'sarif';
import type { FixResult, LinkResult, NotesResult } from '../notes/result.js';
import { change, headline, oneLine } from './notes-text.js';
import { notesMarkdown } from './notes-markdown.js';

const rules = {
  'false-equation': 'The two sides of an equation differ.',
  'ill-formed': 'A formula that means nothing: a variable without a value, shapes that do not fit, a missing part.',
  suspicious: 'A formula that is true or undecided, but should be looked at.',
} as const;

const ruleOf = (link: LinkResult): keyof typeof rules =>
  link.verdict === 'false' ? 'false-equation' : link.severity === 'error' ? 'ill-formed' : 'suspicious';

const findings = (links: readonly LinkResult[]): readonly LinkResult[] =>
  links.filter(({ severity }) => severity !== 'none');

/** A path as a URI: relative to the working folder, as it was given, or that of a file. */
const uri = (file: string): string =>
  path.isAbsolute(file)
    ? pathToFileURL(file).href
    : file.replaceAll(path.sep, '/').split('/').map(encodeURIComponent).join('/');

/** SARIF 2.1.0, with fixes, columns in UTF-16 units. */
export function notesSarif(result: NotesResult): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'scorecheck',
            semanticVersion: result.version,
            rules: Object.entries(rules).map(([id, text]) => ({ id, shortDescription: { text } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: result.files.flatMap((file) =>
          findings(file.links).map((link) => {
            const artifactLocation = { uri: uri(file.path) };
            return {
              ruleId: ruleOf(link),
              level: link.severity === 'error' ? 'error' : 'warning',
              message: { text: headline(link) },
              locations: [{ physicalLocation: { artifactLocation, region: region(link) } }],
              ...(link.fix
                ? {
                    fixes: [
                      {
                        description: { text: `${link.fix.what}: ${change(link.fix)}` },
                        artifactChanges: [
                          {
                            artifactLocation,
                            replacements: [
                              { deletedRegion: region(link.fix), insertedContent: { text: link.fix.text } },
                            ],
                          },
                        ],
                      },
                    ],
                  }
                : {}),
            };
          }),
        ),
      },
    ],
  };
}

const region = ({
  line,
  column,
  endLine,
  endColumn,
}: Pick<LinkResult, 'line' | 'column' | 'endLine' | 'endColumn'>): Region => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

// XML 1.0 has no place for control characters, escaped or not.
const xml = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** JUnit: a suite for each file, a case for each link; definitions and what was not checked are skipped. */
export function notesJunit(result: NotesResult): string {
  const suites = result.files.map((file) => {
    const cases = file.links.map((link) => {
      const name = `${link.line}:${link.column} ${oneLine(link.rhs).slice(0, 100)}`;
      const inner =
        link.severity === 'error'
          ? `<failure message="${xml(headline(link))}">${xml(`${link.lhs}\n${link.relation}\n${link.rhs}${link.fix ? `\nfix: ${change(link.fix)}${reading(link.fix)}` : ''}`)}</failure>`
          : link.verdict === 'not-checked' || link.verdict === 'definition'
            ? `<skipped message="${xml(link.verdict === 'definition' ? 'definition' : link.reason)}"/>`
            : '';
      return `    <testcase classname="${xml(file.path)}" name="${xml(name)}">${inner}</testcase>`;
    });
    const failures = file.links.filter(({ severity }) => severity === 'error').length;
    const skipped = file.links.filter(
      ({ verdict, severity }) => severity !== 'error' && (verdict === 'not-checked' || verdict === 'definition'),
    ).length;
    return `  <testsuite name="${xml(file.path)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}">\n${cases.join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

const reading = ({ reads }: FixResult): string => (reads === null ? '' : `; so that it reads ${oneLine(reads)}`);

const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** GitHub annotations, one command a line; the job summary is {@link notesMarkdown}. */
export function notesGithub(result: NotesResult): string {
  return result.files
    .flatMap((file) =>
      findings(file.links).map((link) => {
        const end = link.endLine === link.line ? `,endColumn=${link.endColumn}` : '';
        const fix = link.fix
          ? `\nFix: ${change(link.fix)}, at ${link.fix.line}:${link.fix.column}${reading(link.fix)}`
          : '';
        return `::${link.severity} file=${property(file.path)},line=${link.line},endLine=${link.endLine},col=${link.column}${end},title=${property(ruleOf(link))}::${escaped(headline(link) + fix)}\n`;
      }),
    )
    .join('');
}

export { notesMarkdown };
