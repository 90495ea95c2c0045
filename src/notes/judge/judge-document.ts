import { obeyed } from './annotations.js';
import type { Bindings } from '../meaning/bindings.js';
import type { NotesDocument, ReadStatement, Side } from '../read/document.js';
import { failed, proseLinkOf, type Link, type LinkPlace } from './link.js';
import type { Case } from './case.js';
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
    if (links.length === before) links.push(...alone(statement, bindings, document));
  }
  const judged = links.filter(({ statement }) => !statement.stated);
  return obeyed(recognised(judged, document), document);
}

/** The link that a formula without a relation is, if it states a loss; or one that says that scorecheck failed over it. */
function alone(statement: ReadStatement, bindings: Bindings, document: NotesDocument): Link[] {
  const problem = statement.sides.find((side) => side.problem?.reason === 'internal')?.problem;
  const place = proseLinkOf(statement.sides[0], statement);
  try {
    return problem === undefined ? proseLink(statement, bindings, document) : [failed(place, problem)];
  } catch (error) {
    return [failed(place, error)];
  }
}

/** The link that a body judges; that scorecheck failed over it, where it throws. */
function guarded<T extends Link | undefined>(place: LinkPlace, body: () => T): T | Link {
  try {
    return body();
  } catch (error) {
    return failed(place, error);
  }
}

const judgeGuarded = (c: Case): Link => guarded(c, () => judge(c));

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
      const { good } = chain;
      const flagged = guarded({ lhs: good, rhs, relation, relationSpan: span, statement }, () => {
        const link = lawLink(good, rhs, relation, span, statement, bindings);
        if (!link && relation === '~' && good.tree && rhs.tree)
          registerLaw(good.tree, rhs.tree, { bindings }, rhs.start);
        return link;
      });
      if (flagged) links.push(flagged);
      chain = { good: rhs, wrong: undefined, first: false };
      continue;
    }
    const link = judgeGuarded({
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
      const carried = judgeGuarded({
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
