/** A text in the two languages of the course. */
export interface Texts {
  readonly en: string;
  readonly 'zh-TW': string;
}
export type Language = keyof Texts;
export const languages: readonly Language[] = ['en', 'zh-TW'];
