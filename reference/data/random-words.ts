/** Draws the next number, uniform on the multiples of 2^-32 in [0, 1). */
export type UniformSource = () => number;

/**
 * The pseudo-random sequence number `stream` under `seed`: the generator sfc32 ("small fast counting", 128 bits of state),
 * whose integer operations give the same numbers on every platform.
 *
 * seed in [0, 2^53), stream in [0, 2^32). Each pair starts from a state of its own; 15 steps mix it, as its author does for three words.
 * Source: C. Doty-Humphrey, PractRand, file RNGs/sfc.cpp. It serves the drawn digits alone, where no claim rests on chance.
 */
export function randomWords(seed: number, stream: number): UniformSource {
  let a = seed | 0; // the low 32 bits: ToInt32 is modulo 2^32
  let b = Math.floor(seed / 0x1_0000_0000) | 0;
  let c = stream | 0;
  let counter = 1;

  const next = (): number => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return word >>> 0;
  };
  for (let step = 0; step < 15; step++) next();
  return () => next() / 0x1_0000_0000;
}
