import { describe, expect, test } from 'vitest';
import { tierOf } from '../../../shared/domain/precision.ts';
import type { DealerReportFacts, ScoreFigure } from '../../../shared/report/dealer-facts.ts';
import { dealerReport } from '../../../shared/report/dealer-report.ts';
import type {
  ReportDocument,
  ReportSection,
  ReportValue,
  TableSection,
} from '../../../shared/report/document.ts';
import { formatValue } from '../../../shared/report/format.ts';
import { buildReport, REPORT_TEMPLATES } from '../../../shared/report/registry.ts';
import { sampleFacts } from './sample-facts.ts';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

function tables(document: ReportDocument, sheet: string, medium: 'page' | 'sheet'): TableSection[] {
  return document.sections.filter(
    (s): s is TableSection =>
      s.kind === 'table' && s.sheet === sheet && (s.medium === medium || s.medium === 'both'),
  );
}

const rowsOf = (table: TableSection) => table.rows.map((row) => row.cells.map(formatValue));

function section<K extends ReportSection['kind']>(document: ReportDocument, kind: K) {
  return document.sections.find((s): s is Extract<ReportSection, { kind: K }> => s.kind === kind)!;
}

describe.each(REPORT_TEMPLATES.map((template) => template.id))('template %s', (id) => {
  test.each(['zh-CN', 'en'] as const)(
    'is deterministic, leaves its input alone and fills every place in %s',
    (language) => {
      const facts = frozen(sampleFacts(4, { language }));
      const document = buildReport(id, facts);
      expect(document).toEqual(buildReport(id, structuredClone(facts)));
      expect(document.template).toBe(id);
      const words = JSON.stringify({ ...document, pageLabel: '' });
      expect(words).not.toMatch(/\{[a-z]+\}|NaN|Infinity|undefined/);
      if (language === 'en') expect(words.replace('2025 版问卷', '')).not.toMatch(/\p{Script=Han}/u);
    },
  );

  test('says so when no channel covered the dealer', () => {
    const document = buildReport(id, sampleFacts(0, { channels: 0 }));
    expect(section(document, 'list').items.map((item) => item.text)).toEqual(['本季没有任何渠道覆盖本店。']);
    expect(document.sections.some((s) => s.kind === 'charts' || s.kind === 'figures')).toBe(false);
  });
});

describe('the dealer report', () => {
  test('puts the native score, precision, gap, changes and rank of each channel on a card', () => {
    const facts = sampleFacts(0);
    const top = facts.channels[1]!.indicators[0]!;
    const dealer = top.dealer as ScoreFigure;
    const card = section(dealerReport(facts), 'figures').cards[1]!;
    expect(card.title).toBe('售后满意度自查');
    expect(card.value).toMatchObject({ kind: 'number', value: dealer.native, decimals: 2 });
    expect(card.unit).toBe('/ 10');
    expect(card.caption).toContain(`样本 ${dealer.n}`);
    expect(card.lines.map((line) => line.label)).toEqual(['较大区', '较上季', '较去年同期', '大区排名']);
  });

  test('prints at most thirty score rows and keeps every indicator in the workbook', () => {
    const facts = sampleFacts(0, { factors: 14 });
    const document = dealerReport(facts);
    const [page] = tables(document, 'scores', 'page');
    const [sheet] = tables(document, 'scores', 'sheet');
    const total = facts.channels.reduce((sum, channel) => sum + channel.indicators.length, 0);
    expect(page!.rows.length).toBeLessThanOrEqual(30);
    expect(page!.rows.filter((row) => row.kind === 'total')).toHaveLength(3);
    expect(sheet!.rows).toHaveLength(total);
    expect(page!.note).toContain(String(total - (page!.rows.length - 3)));
  });

  test('lists as weak only lowest indicators that are significantly below the region, widest gap first', () => {
    const facts = sampleFacts(7);
    const rows = tables(dealerReport(facts), 'summary', 'sheet').find((t) =>
      t.heading.startsWith('短板'),
    )!.rows;
    const expected = facts.channels
      .flatMap((channel) => channel.indicators.filter((row) => row.depth === 2))
      .filter(({ dealer }) => dealer.kind === 'score' && tierOf(dealer.nEff, facts.tiers) === 'full')
      .flatMap(({ name, gapToRegion: gap }) =>
        gap.kind === 'difference' && gap.significance === 'lower' ? [{ name, points: gap.points100 }] : [],
      )
      .sort((a, b) => a.points - b.points);
    expect(expected.length).toBeGreaterThan(0);
    expect(rows.map((row) => formatValue(row.cells[0]!))).toEqual(expected.map((item) => item.name));
  });

  test('orders alerts from the dealer up to the nation', () => {
    const [table] = tables(dealerReport(sampleFacts(0)), 'alerts', 'sheet');
    expect(rowsOf(table!).map((row) => row[0])).toEqual(['本店', '大区 · 华东大区', '全国']);
  });

  test('draws the coming quarter with its intervals and says where the actual fell', () => {
    const facts = sampleFacts(2);
    const trend = facts.channels[0]!.trend!;
    const { charts } = section(dealerReport(facts), 'charts');
    const { spec, reading } = charts[0]!;
    expect(spec.labels.at(-1)).toBe('2026Q4');
    expect(spec.bands.map((band) => [band.at, band.emphasis])).toEqual([
      [11, false],
      [12, true],
    ]);
    const actual = (trend.points.at(-1)!.dealer as ScoreFigure).score100;
    const { lo95, hi95 } = trend.expected as { lo95: number; hi95: number };
    const verdict = actual > hi95 ? '高于区间' : actual < lo95 ? '低于区间' : '区间内';
    expect(reading.map((line) => formatValue(line.value))[3]).toBe(verdict);
  });

  test('leaves a gap on the axis where a quarter had no wave, and no verdict without an actual', () => {
    const facts = sampleFacts(2, { channels: 1 });
    const trend = facts.channels[0]!.trend!;
    trend.points = trend.points.filter(
      (point) => ![facts.quarter, facts.quarter - 2].includes(point.quarter),
    );
    const { spec, reading } = section(dealerReport(facts), 'charts').charts[0]!;
    expect(spec.labels.slice(-4)).toEqual(['2026Q1', '2026Q2', '2026Q3', '2026Q4']);
    const dealer = spec.lines.find((line) => line.role === 'dealer')!.values;
    expect(dealer.slice(-4).map((value) => value === null)).toEqual([true, false, true, true]);
    expect(reading[0]!.value.kind).toBe('absent');
    expect(reading[3]!.value.kind).toBe('absent');
    expect(section(dealerReport(facts), 'list').items[0]!.text).not.toContain('区间');
  });

  test('names the forecast curve in the legend only when one is drawn', () => {
    const facts = sampleFacts(2, { channels: 1 });
    const roles = () => section(dealerReport(facts), 'charts').legend.map((item) => item.role);
    expect(roles()).toContain('fitted');
    for (const point of facts.channels[0]!.trend!.points) point.fitted = null;
    expect(roles()).not.toContain('fitted');
  });

  test('marks a change of questionnaire on the trend and refuses the comparison', () => {
    const document = dealerReport(sampleFacts(0));
    expect(section(document, 'charts').charts[2]!.spec.breaks).toEqual([{ at: 8, label: '2025 版问卷' }]);
    const cells = tables(document, 'scores', 'sheet')[0]!.rows.at(-1)!.cells;
    expect(cells.at(-1)).toEqual({ kind: 'absent', reason: '问卷或口径变更，不可比' });
  });
});

describe('small cells', () => {
  /** The facts with one item's base set, and nothing else changed. */
  function withBase(code: string, nEff: number): DealerReportFacts {
    const facts = sampleFacts(0, { channels: 1 });
    const row = facts.channels[0]!.indicators.find((r) => r.code === code)!;
    row.dealer = { ...(row.dealer as ScoreFigure), nEff, n: nEff, native: 123.456, score100: 98.7654321 };
    row.gapToRegion = { kind: 'difference', points100: 19.8765, significance: 'higher' };
    row.rank = { position: 1, of: 41 };
    return facts;
  }

  const rowOf = (facts: DealerReportFacts, name: string) =>
    tables(dealerReport(facts), 'scores', 'sheet')[0]!.rows.find((r) => formatValue(r.cells[1]!) === name)!;

  test('below 10 nothing of the dealer is in the document, neither score nor gap, change or rank', () => {
    const facts = withBase('f0i1', 9.9);
    const row = rowOf(facts, '接待及时性');
    for (const i of [2, 3, 4, 5, 8, 9, 12, 13]) expect(row.cells[i]!.kind, `cell ${i}`).toBe('absent');
    expect(row.cells[6]!.kind).toBe('number');
    expect(JSON.stringify(dealerReport(facts))).not.toMatch(/98\.765|123\.456|19\.8765/);
  });

  test('from 10 to 29 they are grey, in brackets, unranked and untested', () => {
    const row = rowOf(withBase('f0i1', 10), '接待及时性');
    expect(row.cells[3]).toMatchObject({ kind: 'number', tone: 'muted' });
    expect(formatValue(row.cells[5]!)).toBe('(10)');
    expect(row.cells[8]).toMatchObject({ kind: 'number', tone: 'muted' });
    expect(row.cells[9]!.kind).toBe('absent');
  });

  test('from 30 on they are whole', () => {
    const row = rowOf(withBase('f0i1', 30), '接待及时性');
    expect(row.cells[8]).toMatchObject({ kind: 'number', tone: 'better' });
    expect(formatValue(row.cells[9]!)).toBe('1\u00a0/\u00a041');
  });

  test('one hidden item takes its smallest sibling with it, so that the factor does not give it away', () => {
    const document = dealerReport(withBase('f0i1', 5));
    const hidden = tables(document, 'scores', 'sheet')[0]!.rows.filter(
      (row) => row.cells[3]!.kind === 'absent',
    );
    expect(hidden).toHaveLength(2);
    expect(hidden.map((row) => row.cells[3])).toContainEqual({
      kind: 'absent',
      reason: '为保护小样本一并隐藏',
    });
  });

  test('a hidden index is hidden in the trend, the chart and the alerts too', () => {
    const facts = withBase('csi', 6);
    facts.alerts = [
      {
        channel: facts.channels[0]!.code,
        indicator: '',
        channelName: '第三方调研',
        level: 'dealer',
        scopeName: '',
        indicatorName: '总体满意度',
        actual: 98.7654321,
        margin100: 12,
        n: 6,
        shiftMargin100: 4,
        expected: 70,
        lo95: 65,
        hi95: 75,
        shift: 9,
        direction: 'above',
      },
    ];
    facts.channels[0]!.trend!.points.at(-1)!.dealer = facts.channels[0]!.indicators[0]!.dealer;
    const document = dealerReport(facts);
    expect(JSON.stringify(document)).not.toMatch(/98\.7/);
    const line = section(document, 'charts').charts[0]!.spec.lines.find((l) => l.role === 'dealer')!;
    expect(line.values.slice(-2)).toEqual([null, null]);
    expect(rowsOf(tables(document, 'alerts', 'sheet')[0]!)).toEqual([]);
  });

  test('an alert and a target say what they rest on', () => {
    const document = dealerReport(sampleFacts(0, { language: 'en' }));
    const alerts = tables(document, 'alerts', 'sheet')[0]!;
    expect(alerts.columns.slice(3).map((column) => column.label)).toEqual([
      'Actual',
      'Margin',
      'Base',
      'Expected',
      '95% interval',
      'Est. shift',
      'Margin',
    ]);
    expect(rowsOf(alerts)[0]!.slice(3, 6)).toEqual(['86.1', '5.3', '41']);
    expect(rowsOf(alerts)[0]!.at(-1)).toBe('4.6');
    const targets = tables(document, 'summary', 'page').find((one) => one.heading.startsWith('Targets'))!;
    expect(targets.columns.slice(2, 5).map((column) => column.label)).toEqual(['Baseline', 'Margin', 'Base']);
    expect(rowsOf(targets)[0]!.slice(2, 5)).toEqual(['77.4', '2.4', '182']);
  });

  test('a target stands alone where too few answers stand behind the baseline', () => {
    const facts = sampleFacts(0, { channels: 1 });
    facts.plan!.targets[0]!.baseline = null;
    const targets = tables(dealerReport(facts), 'summary', 'page').find((one) =>
      one.heading.startsWith('2027'),
    )!;
    expect(targets.rows[0]!.cells.slice(2).map((cell) => cell.kind === 'absent')).toEqual([
      ...[true, true, true],
      ...[true, false, true],
    ]);
  });

  test('a channel in which every wave is hidden has neither chart nor forecast', () => {
    const facts = sampleFacts(0, { channels: 2 });
    const trend = facts.channels[0]!.trend!;
    for (const point of trend.points) point.dealer = { ...(point.dealer as ScoreFigure), nEff: 3 };
    trend.expected = { ...trend.expected, point: 71.2345 } as typeof trend.expected;
    const document = dealerReport(facts);
    expect(section(document, 'charts').charts.map((chart) => chart.title)).toEqual([
      '售后满意度自查 · 总体满意度',
    ]);
    expect(JSON.stringify(document)).not.toContain('71.2345');
  });

  test('a change from a hidden wave is not shown, because it would give that wave away', () => {
    const facts = sampleFacts(0, { channels: 1 });
    const point = facts.channels[0]!.trend!.points.at(-2)!;
    point.dealer = { ...(point.dealer as ScoreFigure), nEff: 4 };
    const total = tables(dealerReport(facts), 'scores', 'sheet')[0]!.rows[0]!;
    expect(total.cells[12]).toEqual({ kind: 'absent', reason: '有效样本不足，不予显示' });
    expect(total.cells[13]!.kind).toBe('number');
  });
});

describe('the chosen scale', () => {
  const tableOf = (display: 'harmonised' | 'thousand' | 'levels' | 'native') =>
    tables(dealerReport(sampleFacts(0, { display })), 'scores', 'sheet')[0]!;
  const column = (display: Parameters<typeof tableOf>[0], label: string, group: string) => {
    const table = tableOf(display);
    const at = table.columns.findIndex((one) => one.label === label && one.group === group);
    return table.rows.map((row) => row.cells[at]!);
  };

  test('is that of every score, margin and gap beside the study’s own, and is named', () => {
    const values = (cells: ReportValue[]) =>
      cells.flatMap((one) => (one.kind === 'number' ? [one.value] : []));
    const scores = values(column('harmonised', '百分制', '本店'));
    expect(scores.length).toBeGreaterThan(10);
    const thousand = values(column('thousand', '千分制', '本店'));
    thousand.forEach((value, i) => {
      expect(value).toBeCloseTo(10 * scores[i]!, 9);
    });
    values(column('levels', '七级', '本店')).forEach((value, i) => {
      expect(value).toBeCloseTo(1.2 * scores[i]! - 60, 9);
    });
    const gaps = values(column('harmonised', '差距', '大区'));
    values(column('thousand', '差距', '大区')).forEach((value, i) => {
      expect(value).toBeCloseTo(10 * gaps[i]!, 9);
    });
    expect(tableOf('native')).toEqual(tableOf('harmonised'));
  });

  test('leaves no figure of 0-100 in the sentences, the chart or the notes', () => {
    const document = dealerReport(sampleFacts(0, { display: 'thousand' }));
    expect(section(document, 'charts').charts[0]!.unit).toBe('千分制 0–1000 分');
    expect(section(document, 'charts').charts[0]!.spec.scale).toMatchObject({ max: 1000, places: 0 });
    expect(section(document, 'figures').cards[0]!.caption).toMatch(/^千分制 \d{3} ±\d+　样本 \d+$/);
    expect(section(document, 'list').items[0]!.text).toMatch(/ \d{3} 分/);
    expect(section(document, 'note').paragraphs[0]).toContain('千分制 0–1000 分');
  });

  test('names the level in the sentences, and only there', () => {
    const [item] = section(dealerReport(sampleFacts(0, { display: 'levels' })), 'list').items;
    expect(item!.text).toMatch(/ −?[\d.]+（[很比较满意一般不]+）/);
  });

  test('goes with effective bases and margins of every figure in the workbook', () => {
    const { columns, rows } = tableOf('harmonised');
    const heads = columns.map(({ label, group }) => `${group} ${label}`);
    for (const group of ['本店', '大区', '全国']) {
      expect(heads).toContain(`${group} 有效样本量`);
      expect(heads).toContain(`${group} 误差 ±`);
      expect(heads).toContain(`${group} 样本量`);
    }
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
  });
});
