import type { FileResult, LinkResult, NotesResult } from '../notes/result.js';
import type { NotesSource } from '../notes/source.js';
import { formulaHtml } from './katex-formula.js';
import { documentHtml } from './notes-document.js';
import { readingHtml } from './notes-reading.js';
import { noPaint, tally } from './notes-text.js';
import { page } from './page.js';

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

// The one script: a click, or Enter, on a formula shows what is known of it behind its paragraph; Escape closes what was opened last.
const script = `let last;
const toggle = (button, open) => {
  const reading = document.getElementById(button.getAttribute('aria-controls'));
  reading.hidden = !open;
  button.setAttribute('aria-expanded', String(open));
  if (!open) return;
  last = button;
  const block = button.closest('.scroll, p, pre, h3, h4, h5, h6') ?? button.closest('li, dd');
  if (block === null) button.after(reading);
  else if (block.matches('li, dd')) block.append(reading);
  else block.after(reading);
};
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[aria-controls]');
  if (button !== null) toggle(button, button.getAttribute('aria-expanded') !== 'true');
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || last === undefined) return;
  toggle(last, false);
  last.focus();
  last = undefined;
});`;

const styles = `
caption { text-align: start; padding: .4em .6em; color: var(--soft); }
button.link { font: inherit; color: inherit; text-align: start; max-width: 100%; border: 0; border-bottom: 2px solid; border-radius: 3px; padding: 0 .15em; cursor: pointer; overflow-x: auto; overflow-y: hidden; vertical-align: baseline; }
button.display { display: block; width: 100%; text-align: center; padding: .3em .5em; margin: .2em 0; }
button.link .mark { font-size: .75em; font-weight: 700; margin-inline-end: .3em; }
.true { background: var(--good-band); border-color: var(--good); } .true .mark { color: var(--good); }
.error { background: var(--bad-band); border-color: var(--bad); } .error .mark { color: var(--bad); }
.warning { background: var(--open-band); border-color: var(--open); border-style: dashed; } .warning .mark { color: var(--open); }
.definition, .not-checked { background: var(--band); border-color: var(--line); } .definition .mark, .not-checked .mark { color: var(--soft); }
.key span { padding: 0 .4em; border-bottom: 2px solid; border-radius: 3px; margin-inline-end: .6em; white-space: nowrap; }
.reading { border-inline-start: 4px solid var(--line); margin: .6em 0; padding: .2em .9em; font-size: .95rem; background: var(--paper); text-align: start; white-space: normal; overflow-wrap: anywhere; }
.read { border: 0; padding: .3em 0; }
.tex { white-space: pre-wrap; overflow-wrap: anywhere; font: .9rem/1.6 ui-monospace, monospace; }
.tex button.display { white-space: normal; }
.away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
pre { overflow-wrap: anywhere; white-space: pre-wrap; }
@media print { .reading.error[hidden], .reading.warning[hidden] { display: block; break-inside: avoid; } button.link, .read { overflow: visible; } }
`;

/** How a formula is shown, from the worst of its links. */
const kinds = {
  error: ['✗', 'in error'],
  warning: ['!', 'look again'],
  'not-checked': ['?', 'not checked'],
  true: ['✓', 'true'],
  definition: ['≔', 'definition'],
} as const;
type Kind = keyof typeof kinds;

const kindOf = ({ severity, verdict }: LinkResult): Kind =>
  severity === 'none' ? (verdict === 'false' ? 'warning' : verdict) : severity;

/** The documents as they read, each formula coloured by its verdict; a click shows how it was read, the numbers and the fix. Loads nothing. */
export function notesHtml(result: NotesResult, sources: ReadonlyMap<string, NotesSource>): string {
  const key = Object.entries(kinds).map(([kind, [mark, name]]) => `<span class="${kind}">${mark} ${name}</span>`);
  const contents = result.files.map(
    (file, i) => `<li><a href="#file-${i}">${escape(file.path)}</a>: ${escape(counts(file))}</li>`,
  );
  const files = result.files.flatMap((file, i) => {
    const source = sources.get(file.path);
    return source === undefined ? [] : [fileHtml(file, source, i)];
  });
  const body = `<h1>Equations of the notes</h1>
<p class="key">${key.join(' ')}</p>
<p>Choose a formula to see how it was read.</p>
<noscript><style>.reading[hidden] { display: block; }</style></noscript>
${contents.length > 1 ? `<ul>${contents.join('\n')}</ul>\n` : ''}${files.join('\n')}
`;
  return page({ title: 'Equations of the notes', body, styles, script });
}

const counts = (file: FileResult): string => tally(file, noPaint).slice(file.path.length + 2);

function fileHtml(file: FileResult, source: NotesSource, number: number): string {
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = ({ line, column }: LinkResult): number => (starts[line - 1] ?? source.text.length) + column - 1;
  const readings: string[] = [];
  const typeset = (latex: string, display = false): string =>
    formulaHtml(latex, { display, macros: source.macros }, escape);
  const show = (i: number): string => {
    const { start, end, display, latex } = source.formulas[i];
    const links = file.links.filter((link) => offset(link) >= start && offset(link) < end);
    const inside = typeset(latex, display);
    if (links.length === 0) return `<span${display ? ' class="equation"' : ''}>${inside}</span>`;
    const kind = (Object.keys(kinds) as Kind[]).find((each) => links.some((link) => kindOf(link) === each)) ?? 'true';
    const id = `reading-${number}-${i}`;
    const [mark, name] = kinds[kind];
    readings.push(
      `<section class="reading ${kind}" id="${id}" aria-label="Reading of line ${links[0].line}, formula ${i + 1} of ${escape(file.path)}" hidden>\n${readingHtml(links, typeset, escape)}\n</section>`,
    );
    return `<button type="button" class="link ${kind}${display ? ' display' : ''}" aria-expanded="false" aria-controls="${id}"><span class="mark" aria-hidden="true">${mark}</span><span class="away">${name}: </span>${inside}</button>`;
  };
  const shown = documentHtml(source, show, escape);
  const remarks = file.remarks.map(({ line, text }) => `<li>Line ${line}: ${escape(text)}</li>`);
  return `<article aria-labelledby="file-${number}">
<h2 id="file-${number}">${escape(file.path)}</h2>
<p>${escape(counts(file))}</p>
${remarks.length > 0 ? `<ul>${remarks.join('\n')}</ul>\n` : ''}${shown}
${readings.join('\n')}
</article>`;
}
