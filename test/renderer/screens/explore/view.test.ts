import { describe, expect, it } from 'vitest';
import { scoreFormat } from '../../../../renderer/score-format.ts';
import { endQuarters, firstQuery, ofChannel, tableText } from '../../../../renderer/screens/explore/view.ts';
import type { ExploreCell, ExploreEntry, ExploreTable } from '../../../../shared/calls/explore.ts';
import { inLanguage } from '../../../../shared/domain/language.ts';

const both = (text: string) => ({ zh: text, en: text });
const entry = (...labels: string[]): ExploreEntry => ({
  kind: 'member',
  labels: labels.map(both),
  place: {},
});
const cell = (...values: (number | null)[]): ExploreCell => ({
  score: { score100: 80, native: 8.2, n: 1234, nEff: 1000, margin100: 2, tier: 'full' },
  values,
  margins: values.map(() => 1.2),
  marks: values.map(() => null),
});
const hidden: ExploreCell = { score: null, values: [null], margins: [null], marks: [null] };

function tableOf(part: Partial<ExploreTable>): ExploreTable {
  return {
    measures: [{ code: 'score', name: both('得分'), unit: 'score' }],
    rowHeads: [both('大区')],
    columnHeads: [both('季度')],
    rows: [entry('华东')],
    columns: [entry('2026Q3')],
    cells: [[cell(78.25)]],
    sparks: null,
    rowCount: 1,
    hidden: 0,
    tests: 0,
    from: 0,
    to: 0,
    channels: [],
    notes: [],
    ...part,
  };
}

function copied(
  part: Partial<ExploreTable>,
  display: 'harmonised' | 'native' = 'harmonised',
  based = false,
): string[][] {
  const as = scoreFormat(display, { min: 1, max: 10 }, 'zh-CN');
  const text = tableText(
    tableOf(part),
    (name) => inLanguage(name, 'zh-CN'),
    () => as,
    based,
  );
  return text.split('\n').map((line) => line.split('\t'));
}

describe('the text of a copied table', () => {
  it('is separated by tabs, with the heads of rows and columns', () => {
    expect(
      copied({ rowHeads: [both('大区'), both('年龄')], rows: [entry('华东', '30–40')], cells: [[cell(81)]] }),
    ).toEqual([
      ['大区', '年龄', '2026Q3'],
      ['华东', '30–40', '81.0'],
    ]);
  });

  it('carries the precision that is printed, on the scale that is shown', () => {
    expect(copied({ cells: [[cell(78.26)]] })[1]).toEqual(['华东', '78.3']);
    expect(copied({ cells: [[cell(50)]] }, 'native')[1]).toEqual(['华东', '5.50']);
  });

  it('names the value beside the column where there are two values, and alone where there are no columns', () => {
    const measures: ExploreTable['measures'] = [
      { code: 'score', name: both('得分'), unit: 'score' },
      { code: 'n', name: both('样本量'), unit: 'count' },
    ];
    const cells = [[cell(78.26, 1234)]];
    expect(copied({ measures, cells })).toEqual([
      ['大区', '2026Q3 得分', '2026Q3 样本量'],
      ['华东', '78.3', '1234'],
    ]);
    expect(copied({ measures, cells, columnHeads: [], columns: [entry('全部')] })[0]).toEqual([
      '大区',
      '得分',
      '样本量',
    ]);
  });

  it('leaves hidden cells, cells without answers and missing values empty', () => {
    const columns = ['2026Q1', '2026Q2', '2026Q3', '2026Q4'].map((name) => entry(name));
    expect(copied({ columns, cells: [[hidden, null, cell(null), cell(70)]] })[1]).toEqual([
      '华东',
      '',
      '',
      '',
      '70.0',
    ]);
  });

  it('carries margins and bases beside the figures where they are shown', () => {
    const measures: ExploreTable['measures'] = [
      { code: 'score', name: both('得分'), unit: 'score' },
      { code: 'share', name: both('人数占比'), unit: 'percent' },
    ];
    expect(copied({ measures, cells: [[cell(78.26, 12.5)]] }, 'harmonised', true)).toEqual([
      ['大区', '2026Q3 得分', '2026Q3 得分 误差 ±', '2026Q3 人数占比', '2026Q3 样本量', '2026Q3 有效样本量'],
      ['华东', '78.3', '1.2', '12.5%', '1234', '1000.0'],
    ]);
    expect(copied({ cells: [[hidden]] }, 'harmonised', true)[1]).toEqual(['华东', '', '', '', '']);
  });

  it('gives no value away even where a hidden cell carries one', () => {
    expect(copied({ cells: [[{ ...hidden, values: [66.6] }]] })[1]).toEqual(['华东', '']);
  });

  it('writes signs so that a spreadsheet reads them as numbers', () => {
    const measures: ExploreTable['measures'] = [
      { code: 'against-rest', name: both('与其余相比'), unit: 'points' },
    ];
    const columns = [entry('甲'), entry('乙')];
    expect(copied({ measures, columns, cells: [[cell(-1.24), cell(1.24)]] })[1]).toEqual([
      '华东',
      '-1.2',
      '+1.2',
    ]);
  });

  it.each(['=1+1', '+cmd', '-2', '−2', '@SUM(A1)', '＝1', ' =1'])('makes the name %j inert', (name) => {
    expect(copied({ rows: [entry(name)] })[1]![0]).toBe(`'${name}`);
    expect(copied({ columns: [entry(name)] })[0]![1]).toBe(`'${name}`);
  });

  it('keeps a name with tabs or line ends in its place, and one with commas as it is', () => {
    expect(copied({ rows: [entry('甲\t乙\n丙')] })).toEqual([
      ['大区', '2026Q3'],
      ['甲 乙 丙', '78.3'],
    ]);
    expect(copied({ rows: [entry('3,5')] })[1]![0]).toBe('3,5');
  });
});

describe('the table of another channel', () => {
  const start = firstQuery({
    scheme: 1,
    scope: 'overall',
    channel: 'third-party',
    quarter: 8079,
    indicator: '',
    levels: ['overall', 'region', 'dealer'],
    catalog: { channels: [{ channel: 'third-party', quarters: [8078, 8079] }] },
  });

  it('keeps its span where the channel has a wave in it', () => {
    expect(ofChannel(start, 'in-house', [8050, 8079]).filters).toEqual({
      ...start.filters,
      channel: 'in-house',
    });
    expect(ofChannel(start, 'in-house', []).filters.from).toBe(start.filters.from);
  });

  it('moves to the latest waves of a channel that has none in the span', () => {
    expect(ofChannel(start, 'in-house', [8053, 8058, 8061, 8065]).filters).toMatchObject({
      from: 8053,
      to: 8065,
    });
    const many = Array.from({ length: 20 }, (_, i) => 8000 + i);
    expect(ofChannel(start, 'in-house', many).filters).toMatchObject({ from: 8012, to: 8019 });
  });
});
it('offers the chosen end of a span also where no wave was in the field', () => {
  expect(endQuarters([8068, 8079], 8072)).toEqual([8079, 8072, 8068]);
  expect(endQuarters([8068, 8079], 8079)).toEqual([8079, 8068]);
  expect(endQuarters([8068], undefined)).toEqual([8068]);
});
