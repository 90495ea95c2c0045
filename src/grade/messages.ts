import type { StopReason } from '../sandbox/question.js';
import type { Compared } from './compare.js';
import type { PropertyId, Task } from './exercise.js';
import type { Fault } from './fault.js';
import { nearest } from './nearest.js';
import { oneLine, shownAnswer, shownCase } from './show.js';
import type { Spelling } from './spelling.js';
import { inLanguage, type Language, type Texts } from './texts.js';

/** What each property is called. */
export const propertyNames: Readonly<Record<PropertyId, Texts>> = {
  value: { en: 'right values', 'zh-TW': '數值正確' },
  laws: { en: 'laws between answers', 'zh-TW': '答案之間的關係' },
  far: { en: 'far points', 'zh-TW': '遠處的點' },
  small: { en: 'small batches and dimensions', 'zh-TW': '小批次與低維度' },
  gradient: { en: 'gradient through the score', 'zh-TW': '通過分數的梯度' },
  order: { en: 'convergence', 'zh-TW': '收斂' },
  score: { en: 'calls of the score', 'zh-TW': '對分數的呼叫' },
  cost: { en: 'cost', 'zh-TW': '成本' },
  random: { en: 'randomness', 'zh-TW': '隨機性' },
  rows: { en: 'independent rows', 'zh-TW': '各列互不影響' },
  isotropic: { en: 'better than the isotropic denoiser', 'zh-TW': '優於等向去噪器' },
  formula: { en: 'right formula', 'zh-TW': '公式正確' },
  wiener: { en: 'as good as the Wiener denoiser', 'zh-TW': '不遜於維納去噪器' },
};

/** Why the points of a property are lost, where the exercise does not say it better. */
export const propertyReasons: Readonly<Record<PropertyId, Texts>> = {
  value: {
    en: 'An answer differs from the right one by more than rounding.',
    'zh-TW': '有答案和正確值的差超過捨入誤差。',
  },
  laws: { en: 'Two answers that belong together do not.', 'zh-TW': '兩個應該有關係的答案對不上。' },
  far: { en: 'Far from the data the answer is wrong.', 'zh-TW': '遠離資料時答案錯誤。' },
  small: { en: 'For one example, or one dimension, the answer is wrong.', 'zh-TW': '只有一個樣本或一維時答案錯誤。' },
  gradient: {
    en: 'The derivatives in the parameters are wrong: nothing can be trained with it.',
    'zh-TW': '對參數的微分錯誤，無法用來訓練。',
  },
  order: {
    en: 'With twice the steps the error against the exact answer does not halve.',
    'zh-TW': '步數加倍時，與精確解的誤差沒有減半。',
  },
  score: { en: 'The score is not called as it has to be.', 'zh-TW': '對分數的呼叫方式不對。' },
  cost: { en: 'The cost is higher than allowed.', 'zh-TW': '成本超過了容許的範圍。' },
  rows: {
    en: 'The answer for an example depends on the rest of the batch, or on chance.',
    'zh-TW': '一個樣本的答案取決於批次裡的其他樣本，或取決於運氣。',
  },
  formula: {
    en: 'The line is no formula of the symbols, or another function than the right one.',
    'zh-TW': '這一行不是所給符號的公式，或是與正確答案不同的函數。',
  },
  isotropic: {
    en: 'On held-out images the error is not below that of the best isotropic denoiser at every level.',
    'zh-TW': '在保留的影像上，並非每個雜訊水準的誤差都低於最佳的等向去噪器。',
  },
  wiener: {
    en: 'On held-out images the error is above 1.02 times that of the Wiener denoiser.',
    'zh-TW': '在保留的影像上，誤差超過維納去噪器的 1.02 倍。',
  },
  random: { en: 'The random numbers do not follow the law that is asked for.', 'zh-TW': '亂數不服從要求的分布。' },
};

/** Points that nobody could decide are given. */
export const undecidedReason: Texts = {
  en: 'Not decided with the draws of this run: the points are given, and marked for the instructor.',
  'zh-TW': '這次的抽樣數還不足以判定：分數照給，並標示給教師。',
};

/** Points for what numpy cannot be asked. */
export const uncheckedReason: Texts = {
  en: 'Not checked: numpy arrays carry no derivatives in the parameters of the score. The points are given with those of the values.',
  'zh-TW': '沒有檢查：numpy 陣列不帶對分數參數的微分。這部分的分數隨數值正確與否給。',
};

/** How a fault is told. */
interface Wording {
  readonly language: Language;
  /** Of the names of the contract in the language of the submission. */
  readonly spelling: Spelling;
  /** The names of all functions of the exercise, as the submission spells them. */
  readonly contract: readonly string[];
}

/** The message of a task that is right. */
export const passed: Texts = { en: 'Right.', 'zh-TW': '正確。' };

/** What a compared answer shows, in one sentence. */
export function faultMessage(
  task: Task,
  { fault, expected, got, case: c, gradient }: Compared,
  wording: Wording,
): string {
  const { language, spelling } = wording;
  const zh = language === 'zh-TW';
  const inputs = Object.entries(shownCase(c, spelling))
    .map(([name, value]) => `${name} = ${oneLine(value)}`)
    .join(', ');
  const at = inputs === '' ? '' : zh ? `，輸入：${inputs}` : ` for ${inputs}`;
  if (fault === undefined) return '';
  if (fault.kind === 'value' && got !== undefined) {
    const returned = gradient ? [expected.values.length] : task.returns(c);
    const right = oneLine(shownAnswer(expected.values, returned));
    const wrong = oneLine(shownAnswer(got, returned));
    const what = gradient ? (zh ? '梯度' : 'a gradient of ') : '';
    return zh ? `${what}應為 ${right}，得到 ${wrong}${at}。` : `Expected ${what}${right}, got ${wrong}${at}.`;
  }
  const why = faultReason(task, fault, wording);
  if (fault.kind === 'stopped' || inputs === '' || isOpen(fault)) return why;
  return zh ? `${why}（輸入：${inputs}）` : `${why} The input was ${inputs}.`;
}

/**
 * What went wrong in a graded run: the kind of it and nothing that comes from a question, nor any text of the submission's own, which could carry
 * what it was asked to the student.
 */
export function hiddenReason(task: Task, fault: Fault, wording: Wording): string {
  const { language, spelling } = wording;
  const text = inLanguage(language);
  switch (fault.kind) {
    case 'value':
      return text('An answer is wrong.', '有答案錯誤。');
    case 'kind':
      return text('An answer is not what the contract asks for.', '有答案不是題目要求的型別。');
    case 'shape':
      return text('An answer has another shape than the contract asks for.', '有答案的形狀不符合題目要求。');
    case 'not-finite':
      return text('An answer holds numbers that are not finite.', '有答案含有不是有限的數。');
    case 'changed':
      return text(
        'The function changed what it was given: the task gets no points.',
        '函式更改了收到的引數：本題不給分。',
      );
    case 'threw':
      return text(
        'The function threw an error. `scorecheck check` shows errors on questions of its own.',
        '函式擲出例外。可以用 `scorecheck check` 在它自己的問題上看到錯誤。',
      );
    case 'missing':
      return text(
        `Expected the module to export a function ${spelling(task.name)}, found none.`,
        `模組應該匯出函式 ${spelling(task.name)}，但是沒有找到。`,
      );
    // A module that does not load was asked nothing yet, and so has nothing of a question to tell.
    case 'unloaded':
    case 'dtype':
    case 'gradient-missing':
    case 'stopped':
      return faultReason(task, fault, wording);
  }
}

/** A stub that says so itself: no input has anything to do with it. */
export const isOpen = (fault: Fault): boolean =>
  fault.kind === 'threw' && /^(NotImplementedError: )?Task \d+ is still open\b/.test(fault.message);

/** What went wrong, in one sentence. */
function faultReason(task: Task, fault: Fault, { language, spelling, contract }: Wording): string {
  const text = inLanguage(language);
  switch (fault.kind) {
    case 'value':
      return text('The value is wrong.', '數值錯誤。');
    case 'kind':
      return text(
        `Expected ${fault.expected}, got ${fault.got}.`,
        `應該回傳${inChinese(fault.expected)}，得到${inChinese(fault.got)}。`,
      );
    case 'shape': {
      const [expected, got] = [`[${fault.expected.join(', ')}]`, `[${fault.got.join(', ')}]`];
      return text(
        `Expected a tensor of shape ${expected}, got shape ${got}.`,
        `張量的形狀應為 ${expected}，得到 ${got}。`,
      );
    }
    case 'dtype':
      return text(`Expected a float32 tensor, got ${fault.got}.`, `張量應為 float32，得到 ${fault.got}。`);
    case 'not-finite':
      return text(
        `Expected finite numbers, got one that is not at ${fault.where}.`,
        `應為有限的數，在 ${fault.where} 卻不是。`,
      );
    case 'changed':
      return text(
        `The function changed what it was given (${fault.inputs.join(', ')}): the task gets no points.`,
        `函式更改了收到的引數（${fault.inputs.join('、')}）：本題不給分。`,
      );
    case 'gradient-missing':
      return text('Nothing reaches the parameters: there is no gradient.', '梯度傳不到參數。');
    case 'missing':
      return missing(spelling(task.name), { exported: fault.exported, contract }, language);
    case 'threw': {
      const place = placeOf(fault);
      if (isOpen(fault)) return text(`${fault.message}${place}`, `這一題還沒有寫${place}。`);
      const start = place === '' ? '請依照這段訊息找原因。' : '請從這一行開始找原因。';
      return text(`The function threw: ${fault.message}${place}.`, `函式擲出例外：${fault.message}${place}。${start}`);
    }
    case 'unloaded': {
      const why = `${fault.message.replace(/\.$/, '')}${placeOf(fault)}`;
      return text(`The module cannot be loaded: ${why}.`, `模組無法載入：${why}。請先修正這個錯誤，其他題目才能檢查。`);
    }
    case 'stopped':
      return text(`The submission was stopped: ${fault.message}`, `程式被終止：${stops[fault.reason]}`);
  }
}

const placeOf = ({ place }: Extract<Fault, { readonly kind: 'threw' | 'unloaded' }>): string =>
  place === undefined ? '' : ` (${place.file}:${place.line}:${place.column})`;

/** The function is not exported under its name: which of those that are may be meant. */
function missing(
  name: string,
  { exported, contract }: { readonly exported: readonly string[]; readonly contract: readonly string[] },
  language: Language,
): string {
  const text = inLanguage(language);
  const [near] = nearest(
    name,
    exported.filter((each) => each !== 'default' && !contract.includes(each)),
  );
  const found =
    near !== undefined
      ? text(`It exports ${near}: is that the one? Rename it.`, `模組匯出了 ${near}，是不是這一個？請改名。`)
      : exported.length === 1 && exported[0] === 'default'
        ? text(
            `It has a default export only: write \`export function ${name}\`.`,
            `模組只有 default export：請寫成 \`export function ${name}\`。`,
          )
        : exported.length === 0
          ? text('It exports nothing.', '模組沒有匯出任何東西。')
          : text(`It exports ${exported.join(', ')}.`, `模組匯出了：${exported.join('、')}。`);
  return text(
    `Expected the module to export a function ${name}, found none. ${found}`,
    `模組應該匯出函式 ${name}，但是沒有找到。${found}`,
  );
}

/** What was returned, in Chinese where it is one of our own words. */
function inChinese(what: string): string {
  return chinese[what.replace(/^\w+: /, '')] ?? ` ${what}`;
}

const chinese: Readonly<Record<string, string>> = {
  'a tensor': '張量',
  'a tensor at once': '張量（不能是 promise）',
  'a promise (is the function async?)': ' promise（函式是 async 嗎？）',
  'a record': '物件',
  'a scalar': '純量',
  'a value': '一個值',
  'a list': '陣列',
  'a number': '數字',
  'a function': '函式',
  'a string': '字串',
  'a boolean': '布林值',
  'a numpy array': ' numpy 陣列',
  'float32 or float64': ' float32 或 float64',
  'None (is a return missing?)': ' None（是不是少了 return？）',
  'a coroutine (is the function async?)': ' coroutine（函式是 async 嗎？）',
  nothing: '空值',
  bytes: '位元組',
  'undefined (is a return missing?)': ' undefined（是不是少了 return？）',
  'a tensor that is disposed already': '已經釋放的張量',
};

const stops: Readonly<Record<StopReason, string>> = {
  time: '在時限內沒有回答。請檢查是否有不會結束的迴圈。',
  cpu: '用掉的處理器時間超過上限。',
  memory: '用掉的記憶體超過上限。請檢查不斷變長的陣列，以及沒有釋放的張量（tf.tidy）。',
  processes: '開啟的執行緒和行程超過上限。',
  output: '印出的內容超過上限。',
  'answer-size': '答案太大，沒有讀取。',
  protocol: '程式寫入了評分系統的通道，之後的答案不再讀取。',
  crash: '行程在回答之前當掉了。',
  'no-answer': '行程在回答之前就結束了。函式必須回傳結果，promise 必須完成。',
};
