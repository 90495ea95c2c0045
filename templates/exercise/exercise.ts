import {
  anySizes,
  cases,
  exercise,
  lifted,
  task,
  type Field,
  type Formula,
  type Grid,
  type Parts,
} from 'scorecheck/exercise';

// An exercise that works: change it into yours. `scorecheck verify --course .` rehearses it with the solution, the stub and every mistake.

interface Inputs extends Record<string, Field | Grid | number> {
  readonly score: Field;
  readonly x: Grid;
  readonly temperature: number;
}

/** A submission is asked about such inputs; a failing one is made smaller until it cannot be. */
const inputs = ({ n, d, tensor, pick, affine, network }: Parts): Inputs => ({
  score: pick([affine, network])(),
  x: tensor(n, d),
  temperature: pick([2, 0.5, 3, 0.8]),
});

/** score(x) times k(T), row by row: written once for numbers, rounding bounds and derivatives alike. */
const scaled =
  (k: (temperature: number) => number): Formula<Inputs> =>
  (a, { score, x, temperature }, on) =>
    lifted(a, x)
      .flatMap((row) => on.field(score).at(row))
      .map((value) => a.mul(a.c(k(temperature)), value));

export default exercise({
  id: 'my-exercise',
  number: '51',
  week: 8,
  title: { en: 'My exercise', 'zh-TW': '我的習題' },
  claims: [],
  tasks: [
    task<Inputs>({
      name: 'temperedScore',
      inputs: ['score', 'x', 'temperature'],
      returns: ({ x }) => x.shape,
      answer: scaled((temperature) => 1 / temperature),
      properties: {
        value: { points: 8, count: 24, cases: cases(anySizes, inputs) },
        small: { points: 2, count: 6, cases: cases({ n: [1], d: [1, 2] }, inputs) },
      },
      mistakes: {
        multiplied: {
          says: {
            en: 'The score is multiplied by the temperature; it has to be divided.',
            'zh-TW': '分數乘上了溫度，應該除以溫度。',
          },
          hint: { en: 'Is the density flatter or steeper at T = 2?', 'zh-TW': 'T = 2 時，密度變平還是變陡？' },
          answer: scaled((temperature) => temperature),
        },
        'square-root': {
          says: {
            en: 'The score is divided by the square root of the temperature.',
            'zh-TW': '分數除以了溫度的平方根。',
          },
          hint: { en: 'Take the logarithm of p^(1/T) first.', 'zh-TW': '先對 p^(1/T) 取對數。' },
          answer: scaled((temperature) => temperature ** -0.5),
        },
      },
    }),
  ],
});
