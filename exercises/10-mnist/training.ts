import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { grid } from '../../src/grade/grid.js';
import { randomInput } from '../../src/grade/inputs.js';
import type { Seen, Trial, TrialFinding } from '../../src/grade/trial.js';
import type { Draws } from '../../src/grade/draws.js';
import { baselinesOf, imagesOf, type Counts, type TrialImages } from './baselines.js';
import { batchesOf, type Batches } from './batches.js';
import { diagnosed } from './diagnosed.js';
import { levelOf, type Level, type Rows, type Training } from './noisy-images.js';
import { measured, WIENER, wienerAt, within, worst, type AtLevel } from './measured.js';
import { PIXELS } from './pixels.js';

/** How long is trained and on how many images. */
export interface TrainingSize extends Counts {
  readonly seconds: number;
}

/** The levels, in an order that no module knows. */
const sigmas = [0.5, 0.1, 1] as const;

/** "Below 0.3 of Wiener's at sigma <= 0.5": nothing that was trained on other images was seen there. */
const SEEN = 0.3;

/**
 * The trial of trainDenoiser: trained once on the given images, asked once about noisy held-out and given ones, and again about a few of them alone. `find` is where
 * the images come from.
 */
export const trainedDenoiser =
  (size: TrainingSize, find = imagesOf): Trial =>
  async ({ make }, draws) => {
    const images = find(size, draws);
    const begin: Training = {
      images: { shape: [size.images, PIXELS], data: images.given },
      options: { sigmas, seconds: size.seconds, random: randomInput },
      ...nothing,
    };
    const training = make(begin);
    training.catch(() => undefined);
    const failedAtOnce = await Promise.race([training, pause(AT_ONCE, undefined, { ref: false })]);
    if (failedAtOnce !== undefined && 'broken' in failedAtOnce) return failed(failedAtOnce);
    // While it trains: one core for a second, of the ten seconds that all of them have.
    const { levels, limits, asks, baselines } = await prepared(images, size, draws);
    const made = await training;
    if ('broken' in made) return failed(made);
    const cases = [...asks.batches, ...asks.again.map(({ batch }) => batch)].map((batch) => ({ ...begin, ...batch }));
    const errors: number[][] = [];
    const answered = await Promise.all(
      made.apply(cases).map(async (each, k) => {
        const answer = await each;
        // While the next batch is answered.
        if ('numbers' in answer && k < asks.batches.length) errors[k] = asks.errors(k, answer.numbers);
        return answer;
      }),
    );
    const broken = answered.find((each) => 'broken' in each);
    if (broken !== undefined) return failed(broken);
    const all = answered.flatMap((each) => ('numbers' in each ? [each.numbers] : []));
    const rowsAgree = agreesAlone(asks, all);

    const own = asks.sorted(errors);
    const found = levels.map((level, i) => atLevel(level, own, limits[i]));
    const isotropic = worst(found.map((each) => within(each.own, each.isotropic)));
    const wiener = worst(
      found.filter(({ sigma }) => wienerAt(sigma)).map((each) => within(each.own, each.wiener, WIENER)),
    );
    const seenImages = found.some((each) => hasSeen(each, images.published));
    const verdicts = { rows: rowsAgree ? 'pass' : 'fail', isotropic, wiener } as const;
    const seen: Seen[] = [
      ...(rowsAgree ? [] : [rowsDepend]),
      ...(seenImages
        ? [hasSeenTheImages]
        : isotropic !== 'fail' && wiener !== 'fail'
          ? []
          : diagnosed({ levels, answers: asks.answers(all), baselines, found, verdicts: { isotropic, wiener } })),
    ];
    return {
      verdicts: (['rows', 'isotropic', 'wiener'] as const).map((id) => ({
        id,
        verdict: seenImages && id !== 'rows' ? 'fail' : verdicts[id],
      })),
      seen,
      note: noteOf(images.name, found),
    };
  };

/** What a training is made with; the rows that the denoiser is asked about are drawn while it trains. */
const nothing = { x: { shape: [0, PIXELS], data: new Float32Array() }, sigma: grid([0], []) };

/** A training that has not failed by then is worth millions of noise numbers, which nobody needs where there is no denoiser. */
const AT_ONCE = 500;

/** The errors per row that a denoiser of one level is compared with. */
interface Limits {
  readonly isotropic: readonly number[];
  readonly wiener: readonly number[];
  /** Of the exact posterior mean, on given images. */
  readonly posterior: readonly number[];
}

/** All that the answers will be asked for and compared with; between its parts the process looks after the training. */
async function prepared(images: TrialImages, size: TrainingSize, draws: Draws) {
  const baselines = await baselinesOf(images);
  const from = { given: images.given, heldOut: images.heldOut() };
  const levels: Level[] = [];
  const limits: Limits[] = [];
  for (const sigma of sigmas) {
    const level = levelOf(from, size, { sigma, largest: sigma === Math.max(...sigmas) }, draws);
    await turn();
    levels.push(level);
    limits.push({
      isotropic: baselines.errors('isotropic', level.held),
      wiener: baselines.errors('wiener', level.held),
      posterior: baselines.errors('posterior', level.given),
    });
    await turn();
  }
  return { levels, limits, baselines, asks: batchesOf(rowsOf(levels), levels.length) };
}

const rowsOf = (levels: readonly Level[]): Rows[] => levels.flatMap(({ held, given, first }) => [held, given, first]);

function failed({ broken }: { readonly broken: NonNullable<TrialFinding['broken']> }): TrialFinding {
  return {
    verdicts: (['rows', 'isotropic', 'wiener'] as const).map((id) => ({ id, verdict: 'fail' })),
    seen: [],
    broken,
  };
}

function atLevel(
  { sigma, held, given }: Level,
  errors: ReadonlyMap<Rows, readonly number[]>,
  { isotropic, wiener, posterior }: Limits,
): AtLevel {
  return {
    sigma,
    own: errors.get(held)!,
    isotropic,
    wiener,
    belowPosterior: errors.get(given)!.map((value, i) => value - posterior[i]),
  };
}

/**
 * On the given images no denoiser beats their exact posterior mean, whatever it is: that holds for any images. At the smaller levels its error is 0
 * in float32, so that the statement bites at sigma = 1. On held-out images the bound is one of experience, and for images that were published before.
 */
function hasSeen({ sigma, own, wiener, belowPosterior }: AtLevel, published: boolean): boolean {
  const below = measured(belowPosterior);
  const held = measured(own.map((value, i) => value - SEEN * wiener[i]));
  return (
    below.mean + below.halfWidth < -ROUNDING || (published && sigma <= 0.5 && held.mean + held.halfWidth < -ROUNDING)
  );
}

/** 784 pixels below 2, each rounded to 2⁻²³, squared and summed: far below this. */
const ROUNDING = 1e-6;

/** Whether the rows that were asked again have the answers that they had in a batch. */
const agreesAlone = ({ batches, again, at }: Batches, answers: readonly Float32Array[]): boolean =>
  again.every(({ places }, i) =>
    places.every((place, row) =>
      sameRow(at(answers, place), answers[batches.length + i].subarray(row * PIXELS, (row + 1) * PIXELS)),
    ),
  );

/**
 * Whether two answers for one row agree within the rounding of a network: sums of 784 terms lose at most 784 · 2⁻²⁴ of their size in a layer, 2⁻¹⁰ in twenty
 * of them.
 */
function sameRow(before: Float32Array, again: Float32Array): boolean {
  let [distance, length] = [0, 0];
  for (const [k, value] of before.entries()) {
    distance += (value - again[k]) ** 2;
    length += value ** 2;
  }
  return Math.sqrt(distance) <= 2 ** -10 * (1 + Math.sqrt(length));
}

const rowsDepend: Seen = {
  id: 'rows-depend-on-the-batch',
  says: {
    en: 'The same noisy image gets another answer alone than in a batch, or a second time: is a dropout or a batch normalisation still training?',
    'zh-TW': '同一張帶雜訊的影像單獨問和整批問（或再問一次）答案不同：dropout 或批次正規化是否還在訓練模式？',
  },
};

const hasSeenTheImages: Seen = {
  id: 'has-seen-the-images',
  says: {
    en: 'The error is smaller than that of any denoiser that has not seen the very images: an instructor will look at this submission.',
    'zh-TW': '誤差比任何沒看過這些影像的去噪器都小：教師會查看這份作業。',
  },
};

function noteOf(name: string, found: readonly AtLevel[]): { en: string; 'zh-TW': string } {
  const levels = [...found].sort((a, b) => b.sigma - a.sigma);
  const list = (of: (each: AtLevel) => readonly number[]): string =>
    levels.map((each) => measured(of(each)).mean.toFixed(1)).join(' / ');
  const at = levels.map(({ sigma }) => sigma).join(' / ');
  const numbers = [list((each) => each.own), list((each) => each.isotropic), list((each) => each.wiener)];
  return {
    en: `Error per held-out image at sigma ${at} (${name}): ${numbers[0]}; isotropic ${numbers[1]}, Wiener ${numbers[2]}.`,
    'zh-TW': `保留影像每張的誤差，sigma ${at}（${name === 'MNIST' ? name : '程式畫的數字，不是 MNIST'}）：${numbers[0]}；等向 ${numbers[1]}，維納 ${numbers[2]}。`,
  };
}
