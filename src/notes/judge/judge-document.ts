import { obeyed } from './annotations.js';
import type { Bindings } from '../meaning/bindings.js';
import type { NotesDocument, ReadStatement, Side } from '../read/document.js';
import type { Link } from './link.js';
import { judge } from './judge.js';
import { registerAhead } from './definitions.js';
import { lawLink } from './process-links.js';
import { proseLink } from './prose-link.js';
import { recognised } from '../recognise/recognise.js';
import { registerLaw } from './stated-density.js';

/** Judges every link of every chain, in the order of the document; definitions hold from where they stand. */
export function judgeDocument(document: NotesDocument, bindings: Bindings): Link[] {
  const links: Link[] = [];
  let chain: Chain | undefined;
  registerAhead(document, bindings);
  for (const statement of document.statements) {
    const before = links.length;
    if (!statement.continues) chain = undefined;
    chain = judgeStatement(statement, bindings, document, chain, links);
    if (links.length === before) links.push(...proseLink(statement, bindings, document));
  }
  const judged = links.filter(({ statement }) => !statement.stated);
  return obeyed(recognised(judged, document), document);
}

interface Chain {
  /** The last correct member. */
  good: Side;
  /** The member before, where it is false. */
  wrong: Side | undefined;
  first: boolean;
}

function judgeStatement(
  statement: ReadStatement,
  bindings: Bindings,
  document: NotesDocument,
  open: Chain | undefined,
  links: Link[],
): Chain | undefined {
  const { sides, relations } = statement;
  if (statement.mapping) return open;
  let chain: Chain | undefined = open;
  if (!statement.continues) chain = { good: sides[0], wrong: undefined, first: true };
  for (let i = 0; i < relations.length; i++) {
    const rhs = sides[i + 1];
    const { relation, span } = relations[i];
    if (rhs === undefined || rhs.tokens.length === 0) continue;
    if (chain === undefined) {
      chain = { good: rhs, wrong: undefined, first: false };
      continue;
    }
    if (relation === '~' || relation === 'in' || relation === 'gets') {
      const flagged = lawLink(chain.good, rhs, relation, span, statement, bindings);
      if (flagged) links.push(flagged);
      else if (relation === '~' && chain.good.tree && rhs.tree)
        registerLaw(chain.good.tree, rhs.tree, { bindings }, rhs.start);
      chain = { good: rhs, wrong: undefined, first: false };
      continue;
    }
    const link = judge({
      lhs: chain.good,
      rhs,
      relation,
      relationSpan: span,
      statement,
      first: chain.first && i === 0,
      bindings,
      document,
    });
    const isWrong = link.verdict === 'false' || (link.severity === 'error' && link.reason === 'ill-typed');
    if (isWrong && chain.wrong !== undefined) {
      // The error before is carried on: the link from the false member may still be right.
      const carried = judge({
        lhs: chain.wrong,
        rhs,
        relation,
        relationSpan: span,
        statement,
        first: false,
        bindings,
        document,
      });
      if (carried.verdict === 'true') {
        links.push({
          ...carried,
          severity: 'warning',
          message: 'True of the member before, which is false: the error is carried on.',
        });
        chain = { ...chain, wrong: rhs, first: false };
        continue;
      }
    }
    links.push({ ...link, carried: chain.wrong });
    if (link.verdict === 'true' || link.verdict === 'definition')
      chain = {
        good: rhs,
        wrong: undefined,
        first: false,
      };
    else if (link.reason === 'approximate') chain = { good: rhs, wrong: undefined, first: false };
    else if (isWrong) chain = { ...chain, wrong: rhs, first: false };
    else if (chain.good.tree === undefined) chain = { good: rhs, wrong: undefined, first: false };
    else chain = { ...chain, first: false };
  }
  return chain;
}
