import { streamOf, type StreamKey } from '../numerics/random.js';

/** Of what is drawn while the module loads. */
const loading: StreamKey = [0x5c0, 0x4ec, 0x4ec, 0x5c0];

let draw = firstDraw(loading);

/**
 * Makes `Math.random`, and with it what TensorFlow.js draws without a seed, a stream of the question: an exercise has no use for it, and what is wrong because of it is wrong
 * in the same way each time. A question that is asked again has another stream, so that answers that depend on it still differ.
 */
export function replaceChance(): void {
  Math.random = () => draw();
}

/** From now on `Math.random` draws from the stream of `key`. */
export function chanceFrom(key: StreamKey): void {
  draw = firstDraw(key);
}

/** The stream is made when it is drawn from: hardly a question does. */
function firstDraw(key: StreamKey): () => number {
  return () => {
    const stream = streamOf(key);
    draw = () => stream.uniform();
    return draw();
  };
}
