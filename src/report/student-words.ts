import type { Mark } from '../course/result.js';
import type { Verdict } from '../grade/result.js';

/** The words of a student's report in one language. */
export interface StudentWords {
  readonly total: string;
  readonly nothingGraded: string;
  readonly incomplete: string;
  readonly exercises: string;
  readonly exercise: string;
  readonly task: string;
  readonly points: string;
  readonly of: string;
  readonly status: string;
  readonly property: string;
  readonly reason: string;
  readonly warning: string;
  readonly howTo: string;
  readonly explanation: string;
  readonly late: (hours: number) => string;
  readonly penalty: (points: string) => string;
  readonly tooLate: string;
  readonly statuses: Readonly<Record<Mark['status'], string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
}

export const studentWords: Readonly<Record<'en' | 'zh-TW', StudentWords>> = {
  en: {
    total: 'Total',
    nothingGraded: 'Nothing is graded yet.',
    incomplete: 'Some marks are still open.',
    exercises: 'Exercises',
    exercise: 'Exercise',
    task: 'Task',
    points: 'Points',
    of: 'Of',
    status: 'Finding',
    property: 'Property',
    reason: 'Why',
    warning: 'Warning',
    howTo: 'How to read this',
    explanation:
      'Your code was asked questions that nobody has seen before, in a process of its own, and its answers were compared with computed ones. “Undecided” means that the ' +
      'number of draws was too small to say: the points are given. A named mistake is one that explains all of your answers. `npx scorecheck check` on your own file ' +
      'asks other questions of the same kind, and shows them.',
    late: (hours) => `${hours} h late`,
    penalty: (points) => `${points} ${points === '1' ? 'point' : 'points'} off for that`,
    tooLate: 'handed in, too late to count',
    statuses: {
      graded: 'graded',
      missing: 'not handed in',
      excused: 'excused',
      fault: 'not graded: trouble of the grading, which the instructor looks at',
      unreadable: 'not graded: the file cannot be read; ask the instructor',
      waiting: 'not graded yet',
    },
    verdicts: { pass: 'right', fail: 'wrong', undecided: 'undecided, points given', fault: 'not graded' },
  },
  'zh-TW': {
    total: '總分',
    nothingGraded: '還沒有評分。',
    incomplete: '有些分數尚未確定。',
    exercises: '習題',
    exercise: '習題',
    task: '題目',
    points: '得分',
    of: '滿分',
    status: '結果',
    property: '項目',
    reason: '原因',
    warning: '警告',
    howTo: '如何閱讀這份報告',
    explanation:
      '你的程式在獨立的行程裡回答沒有人看過的問題，答案再和計算出的結果比較。「未能判定」表示抽樣數不足以下結論：分數照給。' +
      '被指名的錯誤能解釋你的所有答案。用 `npx scorecheck check` 檢查自己的檔案，會問同一類的其他問題，並且把問題顯示出來。',
    late: (hours) => `遲交 ${hours} 小時`,
    penalty: (points) => `因此扣 ${points} 分`,
    tooLate: '有繳交，但太遲，不予計分',
    statuses: {
      graded: '已評分',
      missing: '未繳交',
      excused: '免做',
      fault: '未評分：評分系統發生問題，老師會處理',
      unreadable: '未評分：檔案無法讀取，請洽老師',
      waiting: '尚未評分',
    },
    verdicts: { pass: '正確', fail: '錯誤', undecided: '未能判定，分數照給', fault: '未評分' },
  },
};
