import type { Link } from './judge/link.js';
import type { ReadNotes } from './notes.js';
import type { FileResult, FixResult, LinkResult } from './result.js';
import { positions, type Span } from './read/span.js';

/** The plain data of a read document, without trees: what every report is made from. */
export function summarise(notes: ReadNotes): FileResult {
  const { document, links, repairs } = notes;
  const at = positions(document.original);
  const place = ({ start, end }: Span): { line: number; column: number; endLine: number; endColumn: number } => {
    const [from, to] = [at(start), at(Math.max(start, end))];
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  };
  const results = links.map((link): LinkResult => {
    const fix = repairs.get(link);
    const compared = link.comparison?.outcome === 'open' ? undefined : link.comparison;
    const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
    const mended: FixResult | null = fix
      ? {
          text: fix.text,
          ...changed(document.original, link, fix),
          ...place(fix),
          what: fix.words,
          others: [...fix.others],
        }
      : null;
    return {
      ...place(link.rhs),
      lhs: link.lhs.text,
      rhs: link.rhs.text,
      relation: link.relation,
      verdict: link.verdict,
      severity: link.severity,
      reason: [link.reason, link.message].filter((text) => text !== '').join(': '),
      residual: compared ? finite(compared.residual) : null,
      claim: link.variant ?? null,
      fix: mended,
      symbols: Object.fromEntries(link.comparison?.trace.meanings ?? []),
      method: compared?.how ?? '',
      witnesses: (compared?.witnesses ?? []).map((w) => ({
        instance: w.instance,
        point: Object.fromEntries(Object.entries(w.point).map(([key, values]) => [key, [...values]])),
        lhs: w.lhs.map(finite),
        rhs: w.rhs.map(finite),
        residual: finite(w.residual),
      })),
    };
  });
  return {
    path: document.path,
    links: results,
    coverage: coverageOf(links),
    remarks: document.remarks.map((remark) => ({ ...place(remark), text: remark.text })),
  };
}

/** The part of the links that numbers decided; 1 where there is nothing to decide. */
export function coverageOf(links: readonly Pick<Link, 'verdict'>[]): number {
  const claims = links.filter(({ verdict }) => verdict !== 'definition');
  const decided = claims.filter(({ verdict }) => verdict !== 'not-checked');
  return claims.length === 0 ? 1 : decided.length / claims.length;
}

/** What a change takes away, and the side that holds it with the change made. */
function changed(
  original: string,
  { lhs, rhs }: Link,
  fix: Span & { readonly text: string },
): Pick<FixResult, 'from' | 'reads'> {
  const side = [rhs, lhs].find(({ start, end }) => start <= fix.start && fix.end <= end);
  const from = original.slice(fix.start, fix.end);
  if (side === undefined) return { from, reads: null };
  return { from, reads: original.slice(side.start, fix.start) + fix.text + original.slice(fix.end, side.end) };
}
