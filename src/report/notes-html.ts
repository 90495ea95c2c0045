import { createHash } from 'node:crypto';
import katex from 'katex';
import type { FileResult, LinkResult, NotesResult } from '../notes/result.js';
import { katexStyles } from './katex-styles.js';
import { headline, sentence, tally } from './notes-text.js';

const plain = (text: string): string => text;
const noPaint = { red: plain, yellow: plain, green: plain, dim: plain, bold: plain };

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

// The one script: a click or Enter on a formula shows what is known of it. Its hash stands in the policy; no other script runs.
const script = `document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-link]');
  if (!link) return;
  const detail = document.getElementById(link.dataset.link);
  const open = detail.hidden;
  detail.hidden = !open;
  link.setAttribute('aria-expanded', String(open));
});`;

const hash = `sha256-${createHash('sha256').update(script).digest('base64')}`;
const policy = `default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src '${hash}'; base-uri 'none'; form-action 'none'`;

const styles = `
body { font: 16px/1.55 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.6 ui-monospace, monospace; background: #f7f7f7; padding: 1rem; }
button.link { font: inherit; text-align: start; border: 0; border-bottom: 2px solid; padding: 0 .15em; cursor: pointer; color: inherit; white-space: pre-wrap; }
.true { background: #dff3e0; border-color: #1f7a33; } .false, .error { background: #fbdedb; border-color: #b3261e; } .warning { background: #fdf0c8; border-color: #8a6100; }
.definition { background: #e2ecfb; border-color: #1d5fb4; } .not-checked { background: #ececec; border-color: #6b6b6b; }
.detail { display: block; border-inline-start: 4px solid #999; margin: .4rem 0; padding: .4rem .8rem; background: #fff; white-space: normal; font: 14px/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; } td, th { padding: .1rem .6rem; text-align: start; border-bottom: 1px solid #ddd; }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee; } pre, .detail { background: #222; } .true { background: #173b1d; } .false, .error { background: #4f1a16; } .warning { background: #44350a; } .definition { background: #172d4d; } .not-checked { background: #333; } }
`;

/** The documents with each equation coloured by its verdict; a click shows how it was read, the numbers and the fix. Loads nothing. */
export function notesHtml(result: NotesResult, sources: ReadonlyMap<string, string>): string {
  const files = result.files.map((file, i) => document(file, sources.get(file.path) ?? '', i));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Equations of the notes · scorecheck</title>
<style>${katexStyles()}</style>
<style>${styles}</style>
</head>
<body>
<main>
<h1>Equations of the notes</h1>
<p><span class="true">true</span> <span class="false">false or ill-formed</span> <span class="warning">look again</span> <span class="definition">definition</span> <span class="not-checked">not checked</span></p>
${files.join('\n')}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function document(file: FileResult, source: string, number: number): string {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number): number => (starts[line - 1] ?? source.length) + column - 1;
  const links = file.links
    .map((link, i) => ({
      link,
      id: `d${number}-${i}`,
      start: offset(link.line, link.column),
      end: offset(link.endLine, link.endColumn),
    }))
    .sort((a, b) => a.start - b.start);
  let html = '';
  let at = 0;
  for (const { link, id, start, end } of links) {
    if (start < at) continue;
    html += escape(source.slice(at, start));
    const kind = link.severity === 'none' ? link.verdict : link.severity;
    html += `<button type="button" class="link ${kind}" data-link="${id}" aria-expanded="false" aria-controls="${id}">${escape(source.slice(start, end))}</button><span class="detail" id="${id}" hidden>${detail(link)}</span>`;
    at = end;
  }
  html += escape(source.slice(at));
  return `<h2>${escape(file.path)}</h2>\n<p>${escape(tally(file, noPaint))}</p>\n<pre>${html}</pre>`;
}

function detail(link: LinkResult): string {
  const parts = [
    `<strong>${escape(link.severity === 'none' ? link.verdict : headline({ ...link, lhs: '' }))}</strong>`,
  ];
  if (link.relation !== 'prose') parts.push(`${formula(link.lhs)} ${escape(link.relation)} ${formula(link.rhs)}`);
  else parts.push(formula(link.rhs));
  if (link.reason !== '' && link.severity === 'none') parts.push(escape(sentence(link.reason)));
  if (link.claim !== null) parts.push(`A false variant of the claim ${escape(link.claim)}.`);
  if (link.fix)
    parts.push(
      `Fix, ${escape(link.fix.what)}: <code>${escape(link.fix.text)}</code> at ${link.fix.line}:${link.fix.column} ${formula(link.fix.text)}`,
    );
  const symbols = Object.entries(link.symbols);
  if (symbols.length > 0)
    parts.push(
      `<table><tr><th>symbol</th><th>taken for</th></tr>${symbols.map(([name, meaning]) => `<tr><td>${escape(name)}</td><td>${escape(meaning)}</td></tr>`).join('')}</table>`,
    );
  if (link.witnesses.length > 0) {
    const rows = link.witnesses.map(
      (w) =>
        `<tr><td>${escape(w.instance)}</td><td>${shown(w.lhs)}</td><td>${shown(w.rhs)}</td><td>${w.residual === null ? '' : w.residual.toPrecision(2)}</td></tr>`,
    );
    parts.push(
      `<table><tr><th>instance</th><th>left</th><th>right</th><th>difference</th></tr>${rows.join('')}</table>${escape(link.method)}`,
    );
  }
  return parts.join('<br>');
}

const shown = (list: readonly (number | null)[]): string =>
  list
    .slice(0, 4)
    .map((x) => (x === null ? '' : x.toPrecision(5)))
    .join(', ');

/** Typeset, or as it stands where KaTeX cannot: trust off, expansions and sizes capped. */
function formula(latex: string): string {
  try {
    return katex.renderToString(latex, {
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxExpand: 200,
      maxSize: 20,
      output: 'html',
    });
  } catch {
    return `<code>${escape(latex)}</code>`;
  }
}
