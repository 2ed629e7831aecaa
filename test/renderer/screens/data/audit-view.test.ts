import { expect, test } from 'vitest';
import { changesOf, restOfDetail } from '../../../../renderer/screens/data/audit-view.ts';

const FIELDS = { rows: '行数', note: '说明' } as Parameters<typeof changesOf>[1];

test('a change tells each field in the language of the reader, and a name that is no field as it is', () => {
  const leave = { zh: '不导入', en: 'left out' };
  const detail = { before: { 沪一店: 'D1 上海店', note: '' }, after: { 沪一店: leave, note: 'x' } };
  expect(changesOf(detail, FIELDS, 'zh-CN')).toEqual([
    { field: '沪一店', before: 'D1 上海店', after: '不导入' },
    { field: '说明', before: '–', after: 'x' },
  ]);
  expect(changesOf(detail, FIELDS, 'en')[0]!.after).toBe('left out');
});

test('what else an entry tells stands beside its name, a checksum by its first ten signs', () => {
  const detail = { rows: 12, sha256: '0123456789abcdef', before: {}, after: {} };
  expect(restOfDetail(detail, FIELDS, 'en')).toEqual(['行数: 12', 'sha256: 0123456789']);
});
