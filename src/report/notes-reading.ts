import type { LinkResult } from '../notes/result.js';
import { change, headline, sentence } from './notes-text.js';

/** What is known of the links of one formula: verdict, reading, symbols, the numbers of both sides, the change suggested. */
export function readingHtml(
  links: readonly LinkResult[],
  formula: (latex: string) => string,
  escape: (text: string) => string,
): string {
  return links.map((link) => linkHtml(link, formula, escape)).join('\n');
}

function linkHtml(link: LinkResult, formula: (latex: string) => string, escape: (text: string) => string): string {
  const { severity, verdict, relation, reason, fix } = link;
  const said = severity === 'none' ? `${words[verdict]}. ${reason === '' ? '' : sentence(reason)}` : headline({ ...link, lhs: '' });
  const parts = [`<p><strong>Line ${link.line}: ${escape(said.trim())}</strong></p>`];
  const sides = relation === 'prose' ? formula(link.rhs) : `${formula(link.lhs)} <span>${escape(relation)}</span> ${formula(link.rhs)}`;
  parts.push(`<div class="scroll read" tabindex="0" role="group" aria-label="How it was read">${sides}</div>`);
  if (link.claim !== null) parts.push(`<p>A false variant of the claim <code>${escape(link.claim)}</code>.</p>`);
  if (fix) {
    const others = fix.others.length > 0 ? ` Or: ${fix.others.map((text) => `<code>${escape(text)}</code>`).join(', ')}.` : '';
    const where = `line ${fix.line}, columns ${fix.column} to ${fix.endColumn}`;
    const reads = fix.reads === null ? '' : ` Then it reads <code>${escape(fix.reads)}</code>.`;
    parts.push(`<p>Suggested change (${escape(fix.what)}, ${where}): ${escape(change(fix))}.${reads}${others}</p>`);
  }
  const symbols = Object.entries(link.symbols);
  if (symbols.length > 0) parts.push(table('Symbols', ['symbol', 'taken for'], symbols, escape));
  if (link.witnesses.length > 0) {
    const rows = link.witnesses.map(({ instance, lhs, rhs, residual }) => [instance, shown(lhs), shown(rhs), residual === null ? '' : residual.toPrecision(2)]);
    parts.push(table(`Values${link.method === '' ? '' : `, ${link.method}`}`, ['instance', 'left', 'right', 'relative difference'], rows, escape));
  }
  return parts.join('\n');
} // prettier-ignore

const words = { true: 'True', false: 'False', definition: 'A definition', 'not-checked': 'Not checked' } as const;

function table(
  name: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  escape: (text: string) => string,
): string {
  const cells = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? `<th scope="row">${escape(cell)}</th>` : `<td>${escape(cell)}</td>`)).join('');
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escape(name)}"><table><caption>${escape(name)}</caption>
<thead><tr>${head.map((each) => `<th scope="col">${escape(each)}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}</tbody></table></div>`;
}

const shown = (list: readonly (number | null)[]): string =>
  `${list.slice(0, 4).map((x) => (x === null ? '∞' : x.toPrecision(5))).join(', ')}${list.length > 4 ? ', …' : ''}`; // prettier-ignore
