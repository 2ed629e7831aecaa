import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { safeFileStem, uniqueFileStems } from '../../../electron/engine/documents/file-name.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test.each([
  ['..\\CON:.xlsx', 'CON_.xlsx'],
  ['CON', 'CON_'],
  ['con.txt', 'con_.txt'],
  ['LPT1', 'LPT1_'],
  ['COM¹', 'COM¹_'],
  ['Console', 'Console'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
  ['name. . .', 'name'],
  ['  .hidden', 'hidden'],
  ['', '_'],
  ['...', '_'],
  ['甲\u0000乙\r\n丙', '甲_乙_丙'],
  ['abc\u202Efdp.exe', 'abc_fdp.exe'],
  ['x\ud800y', 'x_y'],
  ['苏州　星越　一店', '苏州 星越 一店'],
])('%j becomes %j', (text, name) => {
  expect(safeFileStem(text)).toBe(name);
});

test('a name of 300 characters is cut at a character and can be written', () => {
  const folder = join(tempFolder(), 'out');
  mkdirSync(folder);
  for (const text of ['星'.repeat(300), 'a'.repeat(300), '𠮷'.repeat(300), `a${'星'.repeat(300)}`]) {
    const stem = safeFileStem(text);
    expect(stem.isWellFormed()).toBe(true);
    writeFileSync(join(folder, `${stem} (10000).xlsx`), '');
  }
});

test('names are unique ignoring case and width, and the same input gives the same names', () => {
  const texts = ['Alpha', 'ALPHA', 'ａlpha', 'alpha (2)', 'Straße', 'STRASSE'];
  const names = uniqueFileStems(texts);
  expect(names).toEqual(['Alpha', 'ALPHA (2)', 'ａlpha (3)', 'alpha (2) (2)', 'Straße', 'STRASSE (2)']);
  expect(uniqueFileStems(texts)).toEqual(names);
});

test('a name is safe after a second pass too', () => {
  for (const text of ['CON', '..\\CON:.xlsx', ' a . ', '星'.repeat(300)])
    expect(safeFileStem(safeFileStem(text))).toBe(safeFileStem(text));
});
