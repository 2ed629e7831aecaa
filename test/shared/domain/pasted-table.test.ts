import { expect, test } from 'vitest';
import { pastedTable } from '../../../shared/domain/pasted-table.ts';

test('cells stand between tabs, rows between line ends of any kind', () => {
  for (const end of ['\r\n', '\n', '\r'])
    expect(pastedTable(`店\t分${end}一\t8${end}二\t9${end}`)).toEqual({
      text: '店,分\n一,8\n二,9',
      rows: 3,
      columns: 2,
    });
});

test('a cell in quotation marks keeps its line ends, tabs and doubled marks', () => {
  expect(pastedTable('a\t"一\n""二""\t三"\tb').text).toBe('a,"一\n""二""\t三",b');
});

test('a mark that is no quotation is text', () => {
  expect(pastedTable('5" 轮\t8\n"大\t9\n"甲" 店\t1').text).toBe('"5"" 轮",8\n"""大",9\n"""甲"" 店",1');
});

test('commas are quoted, blank rows at the end and a byte-order mark are left out', () => {
  expect(pastedTable('\ufeffa,b\tc\n\t\n  \t\n')).toEqual({ text: '"a,b",c', rows: 1, columns: 2 });
});

test('text without a tab is handed on as it is, and nothing has no rows', () => {
  expect(pastedTable('a;b\n1;2')).toEqual({ text: 'a;b\n1;2', rows: 2, columns: 2 });
  expect(pastedTable('')).toEqual({ text: '', rows: 0, columns: 0 });
  expect(pastedTable('\t\t\n').rows).toBe(0);
});

test('a long text of marks is read in one pass', () => {
  const text = `${'"'.repeat(99_999)}\tx`;
  expect(pastedTable(text).columns).toBe(2);
  expect(pastedTable(`${'"a\t'.repeat(3000)}"`).columns).toBeGreaterThan(1);
});
