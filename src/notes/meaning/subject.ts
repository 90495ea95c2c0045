import type { NotesDocument } from '../read/document.js';
import { keyOf, walk, type Expression } from '../read/expression.js';
import { fieldKey, isDensityName, isLossName, lossOf } from './vocabulary.js';

const words =
  /score[- ](?:match|func|model|based|net|field)|\bscores? of\b|denois|diffusion model|Langevin|Tweedie|Fokker|Hutchinson|probability flow|Hyv[aä]rinen|DDPM|reverse[- ]time|分數|分数|得分函|去噪|去雜訊|擴散模|扩散模|scorecheck:/i;

/** Whether a document speaks of scores: in words, by ∇ log p, by a field that is averaged or differentiated, by one of the usual losses. */
export function speaksOfScores(document: NotesDocument): boolean {
  if (words.test(document.original)) return true;
  return document.statements.some(({ sides, sde }) => {
    const nodes = sides.flatMap(({ tree }) => (tree ? [...walk(tree)] : []));
    return (
      sde ||
      nodes.some(
        (x) =>
          isScore(x) ||
          (document.line && isScoreOnLine(x)) ||
          (x.k === 'name' && isLossName(x) && lossOf(x) !== undefined),
      ) ||
      (nodes.some(isFieldOfPoint) && nodes.some((x) => x.k === 'expect' || x.k === 'nabla' || x.k === 'integral')) ||
      nodes.some(
        (x) =>
          x.k === 'expect' && x.given.length === 1 && x.binders.length === 0 && x.of.k === 'name' && x.of.sub === '0',
      )
    );
  });
}

/** ∇ log p, but for a gradient in parameters. */
const isScore = (x: Expression): boolean =>
  x.k === 'nabla' &&
  !/^(theta|phi)$/.test(x.wrt?.name ?? '') &&
  x.of?.k === 'fn' &&
  x.of.name === 'log' &&
  [...walk(x.of.of)].some((y) => (y.k === 'name' && isDensityName(y)) || (y.k === 'call' && isDensityName(y.of)));

/** (log p)′ and p′/p. */
function isScoreOnLine(x: Expression): boolean {
  const plain = (e: Expression | undefined): Expression | undefined => (e?.k === 'group' ? plain(e.of) : e);
  const isDensity = (e: Expression | undefined): boolean => e?.k === 'call' && isDensityName(e.of);
  const of = x.k === 'partial' ? plain(x.of) : undefined;
  if (of?.k === 'fn' && of.name === 'log') return isDensity(plain(of.of));
  return x.k === 'fraction' && x.above.k === 'partial' && isDensity(x.above.of) && isDensity(x.below);
}

const isFieldOfPoint = (x: Expression): boolean =>
  (x.k === 'call' && fieldKey(x.of) !== undefined) || (x.k === 'name' && fieldKey(x) === 'S' && keyOf(x) !== 's');
