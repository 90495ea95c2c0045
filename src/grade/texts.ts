/** A text in the two languages of the course. */
export interface Texts {
  readonly en: string;
  readonly 'zh-TW': string;
}
export type Language = keyof Texts;
export const languages: readonly Language[] = ['en', 'zh-TW'];

/** Picks the language of a sentence that is written in both. */
export const inLanguage =
  (language: Language) =>
  (en: string, zh: string): string =>
    language === 'zh-TW' ? zh : en;
