import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { grid, type Grid } from '../../src/grade/grid.js';
import { randomInput } from '../../src/grade/inputs.js';
import type { Made, Seen, Trial, TrialFinding } from '../../src/grade/trial.js';
import type { Draws } from '../../src/grade/draws.js';
import { baselinesOf, imagesOf, type Counts, type TrialImages } from './baselines.js';
import { diagnosed } from './diagnosed.js';
import { batchOf, errorsOf, levelOf, type Level, type Rows, type Training } from './noisy-images.js';
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
      ...batchOf([]),
    };
    const training = make(begin);
    training.catch(() => undefined);
    const failedAtOnce = await Promise.race([training, pause(AT_ONCE, undefined, { ref: false })]);
    if (failedAtOnce !== undefined && 'broken' in failedAtOnce) return failed(failedAtOnce);
    // While it trains: one core for a second, of the ten seconds that all of them have.
    const { levels, limits, batch, baselines } = await prepared(images, size, draws);
    const made = await training;
    if ('broken' in made) return failed(made);
    const rows = rowsOf(levels);
    const c: Training = { ...begin, ...batch };
    const answered = await made.apply(c);
    if ('broken' in answered) return failed(answered);
    const alone = await askedAlone(made, c, answered.numbers);
    if ('broken' in alone) return failed(alone);

    const answers = sliced(rows, answered.numbers);
    const found = levels.map((level, i) => atLevel(level, answers, limits[i]));
    const isotropic = worst(found.map((each) => within(each.own, each.isotropic)));
    const wiener = worst(
      found.filter(({ sigma }) => wienerAt(sigma)).map((each) => within(each.own, each.wiener, WIENER)),
    );
    const seenImages = found.some((each) => hasSeen(each, images.published));
    const verdicts = { rows: alone.agrees ? 'pass' : 'fail', isotropic, wiener } as const;
    const seen: Seen[] = [
      ...(alone.agrees ? [] : [rowsDepend]),
      ...(seenImages
        ? [hasSeenTheImages]
        : diagnosed({ levels, answers, baselines, found, verdicts: { isotropic, wiener } })),
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
  return { levels, limits, baselines, batch: batchOf(rowsOf(levels)) };
}

const rowsOf = (levels: readonly Level[]): Rows[] => levels.flatMap(({ held, given, first }) => [held, given, first]);

function failed({ broken }: { readonly broken: NonNullable<TrialFinding['broken']> }): TrialFinding {
  return {
    verdicts: (['rows', 'isotropic', 'wiener'] as const).map((id) => ({ id, verdict: 'fail' })),
    seen: [],
    broken,
  };
}

/** The answers to rows that were asked together. */
function sliced(rows: readonly Rows[], numbers: Float32Array): Map<Rows, Float32Array> {
  let at = 0;
  return new Map(rows.map((each) => [each, numbers.subarray(at, (at += each.x.length))]));
}

function atLevel(
  { sigma, held, given }: Level,
  answers: ReadonlyMap<Rows, Float32Array>,
  { isotropic, wiener, posterior }: Limits,
): AtLevel {
  const onGiven = errorsOf(given, answers.get(given)!);
  return {
    sigma,
    own: errorsOf(held, answers.get(held)!),
    isotropic,
    wiener,
    belowPosterior: onGiven.map((value, i) => value - posterior[i]),
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

/** Rows asked again, one of each level, the first of them by itself. */
async function askedAlone(
  made: Made,
  c: Training,
  numbers: Float32Array,
): Promise<{ readonly agrees: boolean } | Extract<Awaited<ReturnType<Made['apply']>>, { broken: unknown }>> {
  const of = (at: readonly number[]): Training => {
    const data = new Float32Array(at.length * PIXELS);
    at.forEach((i, row) => {
      data.set(c.x.data.subarray(i * PIXELS, (i + 1) * PIXELS), row * PIXELS);
    });
    return { ...c, x: { shape: [at.length, PIXELS], data }, sigma: picked(c.sigma, at) };
  };
  const n = c.x.shape[0];
  const places = sigmas.map((_, level) => Math.floor((level * n) / sigmas.length));
  let agrees = true;
  for (const at of [places.slice(0, 1), [...places].reverse()]) {
    const again = await made.apply(of(at));
    if ('broken' in again) return again;
    agrees &&= at.every((i, row) => sameRow(numbers, i, again.numbers, row));
  }
  return { agrees };
}

const picked = ({ data }: Grid, at: readonly number[]): Grid =>
  grid(
    [at.length],
    at.map((i) => data[i]),
  );

/**
 * Whether two answers for one row agree within the rounding of a network: sums of 784 terms lose at most 784 · 2⁻²⁴ of their size in a layer, 2⁻¹⁰ in twenty
 * of them.
 */
function sameRow(numbers: Float32Array, i: number, again: Float32Array, row: number): boolean {
  let [distance, length] = [0, 0];
  for (let k = 0; k < PIXELS; k++) {
    const before = numbers[i * PIXELS + k];
    distance += (before - again[row * PIXELS + k]) ** 2;
    length += before ** 2;
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
