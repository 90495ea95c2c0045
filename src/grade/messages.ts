import type { Compared, Fault } from './compare.js';
import type { PropertyId, Task } from './exercise.js';
import { oneLine, shownAnswer, shownCase } from './show.js';
import type { Language, Texts } from './texts.js';

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
  random: { en: 'The random numbers do not follow the law that is asked for.', 'zh-TW': '亂數不服從要求的分布。' },
};

/** Points that nobody could decide are given. */
export const undecidedReason: Texts = {
  en: 'Not decided with the draws of this run: the points are given, and marked for the instructor.',
  'zh-TW': '這次的抽樣數還不足以判定：分數照給，並標示給教師。',
};

/** The message of a task that is right. */
export const passed: Texts = { en: 'Right.', 'zh-TW': '正確。' };

/** What a compared answer shows, in one sentence. */
export function faultMessage(
  task: Task,
  { fault, expected, got, case: c, gradient }: Compared,
  language: Language,
): string {
  const zh = language === 'zh-TW';
  const returned = gradient ? [expected.values.length] : task.returns(c);
  const inputs = Object.entries(shownCase(c))
    .map(([name, value]) => `${name} = ${oneLine(value)}`)
    .join(', ');
  const at = zh ? `，輸入：${inputs}` : ` for ${inputs}`;
  if (fault === undefined) return '';
  if (fault.kind === 'value' && got !== undefined) {
    const right = oneLine(shownAnswer(expected.values, returned));
    const wrong = oneLine(shownAnswer(got, returned));
    const what = gradient ? (zh ? '梯度' : 'a gradient of ') : '';
    return zh ? `${what}應為 ${right}，得到 ${wrong}${at}。` : `Expected ${what}${right}, got ${wrong}${at}.`;
  }
  return `${reason(fault, language)}${fault.kind === 'stopped' ? '' : zh ? `（輸入：${inputs}）` : ` The input was ${inputs}.`}`;
}

function reason(fault: Fault, language: Language): string {
  const text = (en: string, zh: string): string => (language === 'zh-TW' ? zh : en);
  switch (fault.kind) {
    case 'value':
      return text('The value is wrong.', '數值錯誤。');
    case 'kind':
      return text(`Expected ${fault.expected}, got ${fault.got}.`, `應該回傳 ${fault.expected}，得到 ${fault.got}。`);
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
    case 'threw': {
      const place = fault.place === undefined ? '' : ` (${fault.place.file}:${fault.place.line}:${fault.place.column})`;
      return text(`The function threw: ${fault.message}${place}.`, `函式擲出例外：${fault.message}${place}。`);
    }
    case 'stopped':
      return text(`The submission was stopped: ${fault.message}`, `程式被終止：${fault.message}`);
  }
}
