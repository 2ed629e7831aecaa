/**
 * Texts come in pairs, so that one without its translation does not compile. A screen keeps its pairs in a table of
 * its own and reads the current language's side with `useText(table)`.
 */
import type { Bilingual, Language } from '../../shared/domain/language.ts';

/** One text, or one sentence with gaps, in both languages. */
export interface Both<P> {
  zh: P;
  en: P;
}

/** The texts of one area of the page. */
export type TextTable = Record<string, Both<unknown>>;

/** A table in one language. */
export type Said<T extends TextTable> = { [K in keyof T]: T[K]['zh'] };

export function both(zh: string, en: string): Bilingual;
export function both<Values extends unknown[]>(
  zh: (...values: Values) => string,
  en: (...values: Values) => string,
): Both<(...values: Values) => string>;
export function both(zh: unknown, en: unknown): Both<unknown> {
  return { zh, en };
}

const said = new Map<Language, WeakMap<TextTable, unknown>>();

/** A table's side of one language; the same object every time, so that effects may depend on it. */
export function say<T extends TextTable>(table: T, language: Language): Said<T> {
  let tables = said.get(language);
  if (!tables) {
    tables = new WeakMap();
    said.set(language, tables);
  }
  const known = tables.get(table) as Said<T> | undefined;
  if (known) return known;
  const side = language === 'en' ? 'en' : 'zh';
  const texts = Object.fromEntries(Object.entries(table).map(([key, pair]) => [key, pair[side]])) as Said<T>;
  tables.set(table, texts);
  return texts;
}
