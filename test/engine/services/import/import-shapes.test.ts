import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import { savFile } from '../../importers/sav-file.ts';
import { cellRow, workbookFile } from '../../importers/workbook-file.ts';

const q = (text: string) => parseQuarter(text)!;
const utf8 = (text: string) => Buffer.from(text);

function write(session: Session, file: string, content: string | Buffer): string {
  const path = join(session.folder, file);
  writeFileSync(path, content);
  return path;
}

async function score(session: Session, scope: string, quarter: string, indicator: string) {
  const { channels } = await session.call('overview.get', {
    scheme: 2,
    scope,
    quarter: q(quarter),
    indicator,
  });
  return channels[0]?.score ?? null;
}

describe('a workbook with waves side by side', () => {
  /** Two header rows with merged cells, a title, subtotals, a change column, base sizes. */
  const wide = workbookFile({
    rows: [
      cellRow(1, ['2026年满意度汇总表']),
      cellRow(2, ['大区', '经销商代码', '城市', '2026Q1', undefined, '2026Q2', undefined, '环比']),
      cellRow(3, [undefined, undefined, undefined, '满意度', '样本量', '满意度', '样本量', undefined]),
      cellRow(4, ['华东', 'D1', '上海', 8, 40, 9, 50, 1]),
      cellRow(5, ['华东', 'D2', '杭州', 7, 60, undefined, undefined, undefined]),
      cellRow(6, ['华东小计', undefined, undefined, 7.4, 100, 9, 50, 1.6]),
      cellRow(7, ['华北', 'D3', '北京', 6, 30, 6.5, 30, 0.5]),
      cellRow(8, ['合计', undefined, undefined, 7, 130, 8, 80, 1]),
    ].join(''),
    after:
      '<mergeCells><mergeCell ref="D2:E2"/><mergeCell ref="F2:G2"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="C2:C3"/><mergeCell ref="H2:H3"/></mergeCells>',
  });

  test('is understood without a word from the user, and every sum comes from the rows', async () => {
    const session = await testSession();
    const path = write(session, '满意度.xlsx', wide);
    const preview = await session.call('import.preview', { path });
    expect(preview.mappingProblems).toEqual([]);
    expect(preview.headerRows).toBe(2);
    expect(preview.headers).toEqual(['大区', '经销商代码', '城市', '#wave', '满意度', '样本量']);
    expect(preview.waves!.map(({ wave }) => wave)).toEqual(['2026Q1', '2026Q2']);
    expect(preview.left).toMatchObject({
      rows: 2,
      columns: [{ header: '环比', rule: '*环比*' }],
      firstRows: [{ row: 6, text: '华东小计', rule: '*小计' }, { row: 8 }],
    });
    expect(preview.mapping).toMatchObject({
      kind: 'scores',
      period: { kind: 'quarter', column: '#wave' },
      base: { column: '样本量' },
      table: { unpivot: { columns: {} } },
    });
    expect(preview.counts).toMatchObject({ read: 5, accepted: 5, rejected: 0, newDealers: 3 });
    await session.call('import.commit', { path, mapping: preview.mapping! });
    const q1 = await score(session, 'overall', '2026Q1', '满意度');
    expect(q1!.n).toBe(130);
    expect(q1!.native).toBeCloseTo((8 * 40 + 7 * 60 + 6 * 30) / 130, 9);
    const east = await score(session, 'region:华东', '2026Q2', '满意度');
    expect([east!.n, east!.native]).toEqual([50, 9]);
  });

  test('names a fault by the column of its wave', async () => {
    const session = await testSession();
    const lines = [
      '经销商代码,城市,2026Q1 得分,2026Q2 得分,2026Q1 样本量,2026Q2 样本量',
      'D1,上海,8,80,40,50',
      'D2,北京,7,8,40,50',
      'D3,杭州,9,8.5,40,50',
    ];
    const path = write(session, 'w.csv', lines.join('\n'));
    const preview = await session.call('import.preview', { path });
    const mapping = structuredClone(preview.mapping!);
    mapping.items[0]!.scale = { min: 1, max: 10 };
    mapping.items[0]!.missing = [];
    const before = session.hash('whole');
    const fault = await session.fault('import.commit', { path, mapping });
    expect(fault.details).toMatchObject({ issue: 'score-out-of-scale', row: 2, column: '2026Q2 得分' });
    expect(session.hash('whole')).toBe(before);
  });

  test('of years counts for the quarter that the mapping names', async () => {
    const session = await testSession();
    const path = write(
      session,
      'years.csv',
      '经销商代码,城市,2024年得分,2025年得分,2024年样本量,2025年样本量\nD1,上海,80,82,40,50\nD2,北京,70,71,40,50\nD3,杭州,75,76,40,50\n',
    );
    const preview = await session.call('import.preview', { path });
    expect(preview.mapping!.period).toEqual({ kind: 'date', column: '#wave', yearQuarter: 4 });
    expect(preview.counts.quarters.map(({ quarter }) => quarter)).toEqual([q('2024Q4'), q('2025Q4')]);
  });
});

describe('an SPSS file', () => {
  const labels = ['很不满意', '不满意', '一般', '满意', '很满意'].map((label, i) => ({
    value: i + 1,
    label: utf8(label),
  }));
  const content = savFile({
    columns: [
      { name: 'DEALER', width: 8, label: utf8('经销商代码') },
      { name: 'CITY', width: 16, label: utf8('城市') },
      {
        name: 'Q1',
        label: utf8('总体满意度'),
        valueLabels: [...labels, { value: 9, label: utf8('不知道') }],
        missing: [98, 99],
      },
      { name: 'Q2', label: utf8('服务态度'), valueLabels: labels, missing: { from: 90, to: 99 } },
      {
        name: 'SEX',
        label: utf8('性别'),
        valueLabels: [
          { value: 1, label: utf8('男') },
          { value: 2, label: utf8('女') },
        ],
        missing: [9],
      },
      { name: 'W', label: utf8('加权') },
      { name: 'DAY', format: 20 },
    ],
    cases: Array.from({ length: 60 }, (_, i) => [
      utf8(`D${i % 3}`),
      utf8('上海'),
      i % 10 === 0 ? 98 : i % 10 === 1 ? 9 : (i % 5) + 1,
      i % 12 === 0 ? 95 : ((i + 1) % 5) + 1,
      i % 20 === 0 ? 9 : (i % 2) + 1,
      1 + (i % 3) / 2,
      Date.UTC(2026, 4, 10) / 1000 - Date.UTC(1582, 9, 14) / 1000,
    ]),
    compression: 'zlib',
    encodingName: 'UTF-8',
    weight: 7,
  });

  test('brings its labels, code lists, weights and dates, and its user-missing codes are never averaged', async () => {
    const session = await testSession();
    const path = write(session, '售后.sav', content);
    const first = await session.call('import.preview', { path });
    expect(first.columns.Q1).toMatchObject({ label: '总体满意度', missing: ['98', '99'] });
    expect(first.columns.W).toMatchObject({ weight: true });
    expect(first.mapping).toMatchObject({
      weight: { column: 'W' },
      items: [
        { column: 'Q1', label: { zh: '总体满意度' }, scale: { min: 1, max: 5 }, missing: [9] },
        { column: 'Q2', label: { zh: '服务态度' }, scale: { min: 1, max: 5 } },
      ],
    });
    expect(first.mapping!.attributes.find(({ column }) => column === 'SEX')).toMatchObject({
      label: { zh: '性别' },
      values: { 1: { zh: '男' }, 2: { zh: '女' } },
    });
    const mapping = structuredClone(first.mapping!);
    mapping.place = {
      ...mapping.place,
      dealerCode: { column: 'DEALER' },
      city: { column: 'CITY' },
      geography: 'national',
    };
    mapping.period = { kind: 'date', column: 'DAY' };
    const preview = await session.call('import.preview', { path, mapping });
    expect(preview.mappingProblems).toEqual([]);
    expect(preview.counts).toMatchObject({ accepted: 60, rejected: 0, quarters: [{ quarter: q('2026Q2') }] });
    await session.call('import.commit', { path, mapping });
    const rows = Array.from({ length: 60 }, (_, i) => i).filter((i) => i % 10 > 1);
    const weight = (i: number) => 1 + (i % 3) / 2;
    const total = rows.reduce((sum, i) => sum + weight(i), 0);
    const mean = rows.reduce((sum, i) => sum + ((i % 5) + 1) * weight(i), 0) / total;
    const { channels } = await session.call('overview.get', { scheme: 1, scope: 'overall', indicator: 'Q1' });
    expect(channels[0]!.score!.n).toBe(rows.length);
    expect(channels[0]!.score!.native).toBeCloseTo(mean, 9);
  });
});

describe('a table that means harm', () => {
  const header = '经销商代码,城市,2026Q1 得分,2026Q2 得分,2026Q1 样本量,2026Q2 样本量';

  test.each([
    ['a header __proto__', `__proto__,${header}\nx,D1,上海,8,9,40,50`, 'reserved-header'],
    ['a quotation that is never closed', `${header}\n"D1,上海,8,9,40,50`, 'quote-not-closed'],
    ['nothing but a header', header, 'header-only'],
    ['nothing', '', 'empty-file'],
  ])('with %s is refused by its code and changes nothing', async (_, text, code) => {
    const session = await testSession();
    const before = session.hash('whole');
    const path = write(session, 'pasted.csv', text);
    const fault = await session.fault('import.preview', { path, fileName: '粘贴 2026-11-22 10:20' });
    expect([fault.code, fault.details.issue]).toEqual(['import-file', code]);
    expect(session.hash('whole')).toBe(before);
  });

  test('keeps formulas, markup and control characters as text in a place of their own', async () => {
    const session = await testSession();
    const path = write(
      session,
      'pasted.csv',
      `${header}\n=HYPERLINK("http://x"),上海,8,9,40,50\n<script>,北京,7,8,40,50\n..\\CON:.xlsx,杭州,6,7,40,50\nD\u00004,上海,8,9,40,50`,
    );
    const preview = await session.call('import.preview', { path });
    expect(preview.counts).toMatchObject({ read: 8, accepted: 6, rejected: 2 });
    expect(preview.issueTotals.find(({ severity }) => severity === 'error')).toMatchObject({
      code: 'nul-character',
      count: 2,
    });
  });

  test('cannot name its layout in ways that the schema does not know', async () => {
    const session = await testSession();
    const path = write(session, 'a.csv', `${header}\nD1,上海,8,9,40,50\nD2,北京,7,8,40,50`);
    for (const table of [
      { unpivot: { columns: { x: { wave: '2026Q9', measure: '' } } } },
      { leaveOut: { rows: ['x'.repeat(61)] } },
      { delimiter: '' },
      { skipRows: -1 },
    ])
      expect((await session.fault('import.preview', { path, table })).code).toBe('call-input-invalid');
    const harmless = {
      unpivot: { columns: { __proto__: 'keep', constructor: 'keep' } },
      leaveOut: { rows: ['*'.repeat(60)], columns: ['.*', '('] },
    };
    const preview = await session.call('import.preview', { path, table: harmless as never });
    expect(preview.counts.accepted).toBe(4);
  });
});

describe('a workbook as people make them', () => {
  /** A title, units below the headers, dates in many notations, full-width digits, an error, a total. */
  const dates = [
    '2026-05-10',
    '2026年5月11日',
    '2026/5/12',
    '20260513',
    '5/14/2026',
    'May 15, 2026',
    '5/16/26',
  ];
  const rows = Array.from({ length: 40 }, (_, i) =>
    cellRow(i + 4, [
      `D${i % 4}`,
      ['上海', '北京', '广州', '深圳'][i % 4],
      dates[i % 7],
      i === 8 ? '８．５' : i === 9 ? '#N/A' : i === 10 ? '9分' : 5 + (i % 6),
      4 + (i % 7),
      `${50 + i}%`,
    ]),
  );
  const content = workbookFile({
    rows: [
      cellRow(1, ['2026年二季度售后满意度']),
      cellRow(2, ['经销商代码', '城市', '到店日期', '总体满意度', '服务满意度', '保养套餐使用率']),
      cellRow(3, [undefined, undefined, undefined, '（1-10分）', '（1-10分）', '%']),
      ...rows,
      cellRow(44, ['合计', undefined, undefined, 7.5, 7]),
    ].join(''),
  });

  test('is read without a word from the user, and each fault says where it is and what to do', async () => {
    const session = await testSession();
    const path = write(session, '售后.xlsx', content);
    const preview = await session.call('import.preview', { path });
    expect(preview.headerRows).toBe(2);
    expect(preview.mapping!.period).toMatchObject({ kind: 'date', column: '到店日期' });
    expect(preview.mapping!.items.map(({ column, label }) => [column, label!.zh])).toEqual([
      ['总体满意度 / （1-10分）', '总体满意度'],
      ['服务满意度 / （1-10分）', '服务满意度'],
    ]);
    expect(preview.left.firstRows).toMatchObject([{ row: 44, text: '合计' }]);
    expect(preview.counts).toMatchObject({ read: 40, accepted: 34, rejected: 6 });
    expect(preview.rows[8]!.meaning!.answers[0]).toBe(8.5);
    expect(preview.rows[10]!.meaning!.answers[0]).toBe(9);
    const totals = preview.issueTotals.filter(({ severity }) => severity === 'error');
    expect(totals.map(({ code, count }) => [code, count])).toEqual([
      ['date-unreadable', 5],
      ['error-cell', 1],
    ]);
    expect(totals[0]).toMatchObject({
      row: 10,
      message: { en: expect.stringMatching(/^"5\/16\/26" is not a date/) },
    });
    expect(preview.issues.find(({ code }) => code === 'error-cell')).toMatchObject({
      sentence: { en: expect.not.stringMatching(/row 13/) },
      row: 13,
      column: '总体满意度 / （1-10分）',
      value: '#N/A',
    });
  });
});

test('a dealer nobody knows is offered to be matched also where the file names no city', async () => {
  const session = await testSession();
  const header = '经销商代码,城市,日期,总体满意度,服务满意度';
  const rows = (code: string) =>
    Array.from({ length: 12 }, (_, i) => `${code}${i % 3},上海,2026-05-10,${5 + (i % 6)},${4 + (i % 7)}`);
  await session.call('import.commit', { path: write(session, 'a.csv', [header, ...rows('SH0')].join('\n')) });
  const without = [header, ...rows('SH0'), 'SH0l,上海,2026-05-11,8,8'].map((line) =>
    line
      .split(',')
      .filter((_, i) => i !== 1)
      .join(',')
      .replace('-10,', '-12,'),
  );
  const path = write(session, 'b.csv', without.join('\n'));
  const [unknown] = (await session.call('import.preview', { path })).unmatched;
  expect(unknown).toMatchObject({ kind: 'dealer', name: 'SH0l', rows: 1, state: 'unknown' });
  expect(unknown!.nearest.map(({ code }) => code)).toContain('SH01');
  const choice = { kind: 'dealer', name: 'SH0l', action: 'match', target: 'SH01' } as const;
  const matched = await session.call('import.preview', { path, places: [choice] });
  expect(matched.counts).toMatchObject({ accepted: 13, rejected: 0 });
  const made = await session.call('import.preview', {
    path,
    places: [{ ...choice, action: 'new', target: '' }],
  });
  expect(made.issues).toMatchObject([{ code: 'dealer-without-city', row: 14, value: 'SH0l' }]);
});
