/** The two languages of the product. */
export type Language = 'zh-CN' | 'en';

/** A text in both languages. */
export interface Bilingual {
  zh: string;
  en: string;
}

/** The side of a text that a language reads. Example: `inLanguage({ zh: '大区', en: 'Region' }, 'en')` is `'Region'`. */
export function inLanguage(text: Bilingual, language: Language): string {
  return language === 'en' ? text.en : text.zh;
}
