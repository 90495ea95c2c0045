import { float64 } from '../../oracle/arithmetic.js';
import type { Figure } from '../../verify/result.js';
import { mixture2d } from '../settings.js';

/** Half the side of the square on which the field is drawn, and its resolution. */
const REACH = 4;
const CELLS = 64;
const ARROWS = 15;

/** A density with its score as arrows. */
export function scoreField(): Figure {
  const grid = (count: number): number[] =>
    Array.from({ length: count }, (_, i) => -REACH + (2 * REACH * (i + 0.5)) / count);
  return {
    kind: 'field',
    id: 'score-field',
    claim: 'score-is-log-gradient',
    title: 'A density and its score',
    caption:
      'A mixture of three Gaussians: darker is denser. The arrows are the score, drawn with the square root of its length: they point uphill and grow far from all components.',
    extent: { x: [-REACH, REACH], y: [-REACH, REACH] },
    density: grid(CELLS).map((y) => grid(CELLS).map((x) => Math.exp(mixture2d.logDensity(float64, [x, y])))),
    arrows: grid(ARROWS).flatMap((y) =>
      grid(ARROWS).map((x) => {
        const [dx, dy] = mixture2d.score(float64, [x, y]);
        const shrink = 1 / Math.sqrt(Math.max(Math.hypot(dx, dy), 1e-9));
        return { x, y, dx: dx * shrink, dy: dy * shrink };
      }),
    ),
  };
}
