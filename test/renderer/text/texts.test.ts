import { describe, expect, it } from 'vitest';
import { type Both, say, type TextTable } from '../../../renderer/text/both.ts';

const modules = import.meta.glob<Record<string, unknown>>('../../../renderer/text/*.ts', { eager: true });

const isTable = (value: unknown): value is TextTable =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (pair) => pair !== null && typeof pair === 'object' && 'zh' in pair && 'en' in pair,
  );

const TABLES = Object.entries(modules).flatMap(([path, module]) =>
  Object.entries(module).flatMap(([name, value]) => (isTable(value) ? [{ path, name, table: value }] : [])),
);

/** A sentence with gaps is read with stand-ins; what it says around them is what counts. */
function read(pair: Both<unknown>, side: 'zh' | 'en'): string {
  const text = pair[side];
  if (typeof text === 'string') return text;
  return String((text as (...values: string[]) => string)('①', '②', '③', '④', '⑤', '⑥'));
}

const ENTRIES = TABLES.flatMap(({ name, table }) =>
  Object.entries(table).map(([key, pair]) => ({
    at: `${name}.${key}`,
    zh: read(pair, 'zh'),
    en: read(pair, 'en'),
  })),
);

describe('the texts of the page', () => {
  it('are all found', () => {
    expect(TABLES.length).toBeGreaterThanOrEqual(9);
    expect(ENTRIES.length).toBeGreaterThan(250);
  });

  it('say something in both languages', () => {
    expect(ENTRIES.filter(({ zh, en }) => zh.trim() === '' || en.trim() === '')).toEqual([]);
  });

  it('hold no Chinese on the English side', () => {
    expect(ENTRIES.filter(({ en }) => /\p{Script=Han}/u.test(en))).toEqual([]);
  });

  it('hold Chinese on the Chinese side wherever they hold words at all', () => {
    const wordless = ENTRIES.filter(({ zh, en }) => /[a-z]{3}/i.test(en) && !/\p{Script=Han}/u.test(zh));
    expect(wordless).toEqual([]);
  });

  it('fill the same gaps in both languages', () => {
    const gaps = (text: string) =>
      [...text.matchAll(/[①-⑥]/g)]
        .map(([mark]) => mark)
        .sort()
        .join('');
    expect(ENTRIES.filter(({ zh, en }) => gaps(zh) !== gaps(en))).toEqual([]);
  });

  it('answer the same object for the same language', () => {
    const { table } = TABLES[0]!;
    expect(say(table, 'en')).toBe(say(table, 'en'));
    expect(say(table, 'en')).not.toBe(say(table, 'zh-CN'));
  });
});
