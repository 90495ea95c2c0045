import type { Seen } from '../../src/grade/trial.js';
import type { Texts } from '../../src/grade/texts.js';
import type { Baselines } from './baselines.js';
import { measured, WIENER, wienerAt, type AtLevel, type Verdict } from './measured.js';
import { errorsOf, type Level, type Rows } from './noisy-images.js';
import { PIXELS } from './pixels.js';

/** What a trained denoiser is diagnosed from. */
interface Trained {
  readonly levels: readonly Level[];
  /** The answers to each set of rows. */
  readonly answers: ReadonlyMap<Rows, Float32Array>;
  readonly baselines: Baselines;
  readonly found: readonly AtLevel[];
  readonly verdicts: { readonly isotropic: Verdict; readonly wiener: Verdict };
}

/** Why a denoiser that failed is not good enough: what it returns in place of an image, what was not trained, and last the numbers of the worst level. */
export function diagnosed(trained: Trained): Seen[] {
  const another = otherQuantity(trained);
  if (another !== undefined) return [another];
  const named = [untrained, memorised, oneLevelOnly, firstImagesOnly].flatMap((look) => look(trained) ?? []);
  return named.length > 0 ? named.slice(0, 1) : [numbersOf(trained)];
}

const mean = (values: readonly number[]): number => measured(values).mean;

/** What else the answers y may be: the clean image is then `as(y, x)`. */
const quantities: readonly { id: string; as: (y: number, x: number, sigma: number) => number; says: Texts }[] = [
  {
    id: 'returns-the-noise',
    as: (y, x, sigma) => x - sigma * y,
    says: {
      en: 'The denoiser returns the noise in place of the clean image.',
      'zh-TW': '去噪器回傳的是雜訊，應該回傳乾淨的影像。',
    },
  },
  {
    id: 'returns-minus-the-noise',
    as: (y, x, sigma) => x + sigma * y,
    says: {
      en: 'The denoiser returns minus the noise in place of the clean image.',
      'zh-TW': '去噪器回傳的是負的雜訊，應該回傳乾淨的影像。',
    },
  },
  {
    id: 'returns-the-score',
    as: (y, x, sigma) => x + sigma * sigma * y,
    says: {
      en: 'The denoiser returns the score in place of the clean image: it is x + sigma² score.',
      'zh-TW': '去噪器回傳的是分數，應該回傳乾淨的影像，也就是 x + sigma² score。',
    },
  },
  {
    id: 'returns-the-residual',
    as: (y, x) => x + y,
    says: {
      en: 'The denoiser returns what has to be added to x in place of the clean image.',
      'zh-TW': '去噪器回傳的是要加到 x 上的量，應該回傳乾淨的影像。',
    },
  },
  {
    id: 'returns-bytes',
    as: (y) => y / 255,
    says: {
      en: 'The denoiser returns images from 0 to 255; they are due from 0 to 1.',
      'zh-TW': '去噪器回傳 0 到 255 的影像，應該是 0 到 1。',
    },
  },
  {
    id: 'returns-minus-one-to-one',
    as: (y) => (y + 1) / 2,
    says: {
      en: 'The denoiser returns images from −1 to 1; they are due from 0 to 1.',
      'zh-TW': '去噪器回傳 −1 到 1 的影像，應該是 0 到 1。',
    },
  },
];

/** Named where it makes a denoiser that beats the isotropic one at every level, of one that does not: no other reading does that by chance. */
function otherQuantity({ levels, answers, found, verdicts }: Trained): Seen | undefined {
  if (verdicts.isotropic !== 'fail') return undefined;
  return quantities.find(({ as }) =>
    levels.every(
      ({ sigma, held }, i) =>
        mean(errorsOf(held, answers.get(held)!, (y, x) => as(y, x, sigma))) < mean(found[i].isotropic),
    ),
  );
}

/** No better than one image for all, or than x itself. */
function untrained({ levels, answers, baselines, found }: Trained): Seen | undefined {
  const unchanged = levels.every(({ sigma, held }) => {
    const moved = measured(errorsOf({ ...held, x0: held.x }, answers.get(held)!)).mean;
    return moved < 0.01 * sigma * sigma * PIXELS;
  });
  if (unchanged) {
    return {
      id: 'returns-its-input',
      says: { en: 'The denoiser returns the noisy image as it is.', 'zh-TW': '去噪器原封不動地回傳帶雜訊的影像。' },
    };
  }
  const nothing = levels.every(({ held }, i) => mean(found[i].own) > 0.95 * mean(baselines.errors('mean-image', held)));
  if (!nothing) return undefined;
  return {
    id: 'nothing-learned',
    says: {
      en: 'At every level the denoiser does no better than the mean image: was the training awaited, were the gradients applied, and is the trained network the one returned?',
      'zh-TW': '在每個雜訊水準，去噪器都不比平均影像好：有等訓練結束嗎？梯度有套用嗎？回傳的是訓練過的網路嗎？',
    },
  };
}

/** Better than the isotropic denoiser at one end of the levels, worse at the other. */
function oneLevelOnly({ found }: Trained): Seen | undefined {
  const sorted = [...found].sort((a, b) => a.sigma - b.sigma);
  const good = sorted.map(({ own, isotropic }) => mean(own) < mean(isotropic));
  const [small, large] = [good[0], good[good.length - 1]];
  if (small === large) return undefined;
  return small
    ? {
        id: 'large-sigma-untrained',
        says: {
          en: 'The small level is learned and the large one is not: the losses of the levels have very different sizes.',
          'zh-TW': '小的雜訊水準學會了，大的沒有：各水準的損失大小相差很多。',
        },
      }
    : {
        id: 'small-sigma-untrained',
        says: {
          en: 'The large level is learned and the small one is not: there the best answer is close to x itself.',
          'zh-TW': '大的雜訊水準學會了，小的沒有：在那裡最佳的答案很接近 x 本身。',
        },
      };
}

/**
 * Far better on the given images than on others at every level: half the error, where Wiener's, made of the same images, is nearly the same on both.
 */
function memorised({ levels, answers, found }: Trained): Seen | undefined {
  const clear = levels.every(({ given }, i) => {
    const [seen, others] = [measured(errorsOf(given, answers.get(given)!)), measured(found[i].own)];
    return seen.mean + seen.halfWidth < 0.5 * (others.mean - others.halfWidth);
  });
  if (!clear) return undefined;
  return {
    id: 'given-images-memorised',
    says: {
      en: 'The error on the given images is far below that on others: the denoiser returns images that it was given in place of the one under the noise.',
      'zh-TW': '在給定影像上的誤差遠小於其他影像：去噪器回傳的是背下來的影像，而不是雜訊底下的那一張。',
    },
  };
}

/** Better on the first of the given images than on the others. */
function firstImagesOnly({ levels, answers }: Trained): Seen | undefined {
  const clear = levels.some(({ first, given }) => {
    const [early, all] = [first, given].map((rows) => measured(errorsOf(rows, answers.get(rows)!)));
    return early.mean + early.halfWidth < all.mean - all.halfWidth;
  });
  if (!clear) return undefined;
  return {
    id: 'few-images-used',
    says: {
      en: 'The error is far smaller on the first of the given images than on the others: the training does not go through all of them.',
      'zh-TW': '在前面的影像上誤差遠小於其他影像：訓練沒有用到全部的影像。',
    },
  };
}

/** The level that is furthest above its limit, in numbers. */
function numbersOf({ found, verdicts }: Trained): Seen {
  const [limit, k] = verdicts.isotropic === 'fail' ? (['isotropic', 1] as const) : (['wiener', WIENER] as const);
  const judged = limit === 'wiener' ? found.filter(({ sigma }) => wienerAt(sigma)) : found;
  const [{ sigma, own, ...limits }] = [...judged].sort(
    (a, b) => mean(b.own) / mean(b[limit]) - mean(a.own) / mean(a[limit]),
  );
  const { mean: error, halfWidth } = measured(own);
  const numbers = [error.toFixed(1), halfWidth.toFixed(1), (k * mean(limits[limit])).toFixed(1)];
  const [denoiser, zh] =
    limit === 'isotropic'
      ? ['best isotropic denoiser', '最佳的等向去噪器']
      : [`Wiener denoiser times ${WIENER}`, `維納去噪器的 ${WIENER} 倍`];
  return {
    id: `above-${limit}`,
    says: {
      en: `At sigma = ${sigma} the error per held-out image is ${numbers[0]} ± ${numbers[1]}; that of the ${denoiser} is ${numbers[2]}.`,
      'zh-TW': `sigma = ${sigma} 時，保留影像每張的誤差是 ${numbers[0]} ± ${numbers[1]}；${zh}是 ${numbers[2]}。`,
    },
  };
}
