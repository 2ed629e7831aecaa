import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExploreQueryInput, ExploreTable } from '../../../../shared/calls/explore.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { importResponses, importScores } from '../../../support/small-studies.ts';
import {
  type Respondent,
  respondents,
  responsesMapping,
  scoreLines,
  writeResponses,
} from '../../../support/survey-files.ts';

const Q = (text: string) => parseQuarter(text)!;

/** Weighted mean of item A of some respondents on 0-100. */
function meanA(rows: readonly Respondent[]): number {
  const known = rows.filter((row) => row.a !== null);
  const weight = known.reduce((sum, row) => sum + row.weight, 0);
  return known.reduce((sum, row) => sum + (row.weight * (row.a! - 1) * 100) / 9, 0) / weight;
}

describe('a table of differences to another channel', () => {
  let session: Session;
  let scheme: number;
  const own = new Map<string, Respondent[]>();
  const left = respondents('2026Q3', 200, 9).map((row) => ({ ...row, a: Math.min(row.a ?? 5, 5) }));

  beforeAll(async () => {
    session = await startSession();
    for (const [i, quarter] of ['2026Q1', '2026Q2', '2026Q3'].entries()) {
      own.set(quarter, respondents(quarter, 600, i + 1));
      await importResponses(session, own.get(quarter)!, `own-${quarter}.csv`);
    }
    for (const quarter of ['2025Q4', '2026Q1', '2026Q3'])
      await importScores(session, scoreLines(quarter, 4), `out-${quarter}.csv`);
    await session.call('import.commit', {
      path: writeResponses(session.folder, 'left.csv', left),
      mapping: responsesMapping({
        study: { code: 'left', channel: 'lost-customer', name: { zh: '流失', en: 'Left' } },
        items: [{ column: 'a', indicator: 'A', scale: { min: 1, max: 10 } }],
      }),
    });
    await session.call('import.commit', {
      path: writeResponses(session.folder, 'lost.csv', respondents('2026Q3', 200, 11)),
      mapping: responsesMapping({
        study: { code: 'lost', channel: 'lost-sale', name: { zh: '战败', en: 'Lost' } },
        items: [{ column: 'b', indicator: 'B', scale: { min: 1, max: 5 }, missing: [9] }],
      }),
    });
    scheme = (await session.call('catalog.get', {})).schemes.find((one) => one.regions > 0)!.id;
  });
  afterAll(() => session.close());

  const table = (query: Omit<ExploreQueryInput, 'scheme' | 'measures'>) =>
    session.call('explore.table', { scheme, measures: ['score', 'against-channel'], ...query });
  const at = (found: ExploreTable, label: string, c = 0) =>
    found.cells[found.rows.findIndex((row) => row.labels[0]!.zh === label)]![c]!;
  const said = (found: ExploreTable) => found.notes.map(({ en }) => en).join('\n');
  const latest = { from: Q('2026Q3'), to: Q('2026Q3') };

  it('takes the same item of the other channel from its own, and tests the difference', async () => {
    const found = await table({
      filters: { channel: 'in-house', indicator: 'A', ...latest },
      against: 'lost-customer',
      intervals: true,
    });
    const [cell] = found.cells[0]!;
    expect(cell!.values[1]).toBeCloseTo(meanA(own.get('2026Q3')!) - meanA(left), 9);
    expect(cell!.marks[1]).toBe('higher');
    expect(cell!.margins[1]).toBeGreaterThan(0);
    expect(found.measures[1]!.name).toEqual({ zh: '与流失客户相比', en: 'vs Lost customers' });
    const pair = await session.call('channels.pair', {
      scheme,
      first: 'in-house',
      second: 'lost-customer',
      indicator: 'A',
      period: { first: latest.from, last: latest.to },
    });
    expect(pair.pooled!.points100).toBeCloseTo(cell!.values[1]!, 9);
  });

  it('compares answers with the same answers of the other channel, and none where it did not ask', async () => {
    const query = {
      rows: [{ kind: 'attribute' as const, code: 'sex' }],
      filters: { channel: 'in-house' as const, indicator: 'A', ...latest },
    };
    const found = await table({ ...query, against: 'lost-customer' });
    const women = (rows: readonly Respondent[]) => rows.filter(({ sex }) => sex === 'f');
    expect(at(found, 'f').values[1]).toBeCloseTo(meanA(women(own.get('2026Q3')!)) - meanA(women(left)), 9);
    const unasked = await table({ ...query, against: 'third-party' });
    expect(at(unasked, 'f').values).toEqual([expect.any(Number), null]);
    expect(said(unasked)).toContain('did not ask "Sex"');
  });

  it('compares a span over the quarters that both have, and not across one that only one has', async () => {
    const filters = { channel: 'in-house' as const, indicator: 'A' };
    const columns = [{ kind: 'time' as const, grain: 'year' as const }];
    const span = { from: Q('2025Q4'), to: Q('2026Q1') };
    const start = await table({ filters: { ...filters, ...span }, against: 'third-party' });
    const first = await table({
      filters: { ...filters, from: Q('2026Q1'), to: Q('2026Q1') },
      against: 'third-party',
    });
    expect(first.cells[0]![0]!.values[1]).not.toBeNull();
    expect(start.cells[0]![0]!.values[1]).toBe(first.cells[0]![0]!.values[1]);
    const years = await table({ columns, filters, against: 'third-party' });
    const year = years.columns.findIndex(({ labels }) => labels[0]!.en === '2026');
    expect(years.cells[0]![year]!.values).toEqual([expect.any(Number), null]);
  });

  it('compares no indicator without a shared item, and says which are made of others', async () => {
    const found = await table({
      rows: [{ kind: 'indicator', show: 'all' }],
      filters: { channel: 'in-house', ...latest },
      against: 'lost-customer',
    });
    expect(at(found, 'Item A').values[1]).not.toBeNull();
    expect(at(found, 'Item B').values[1]).toBeNull();
    expect(said(found)).toContain('share no item of these, which are not compared: Item B, Item C.');
    expect(said(found)).toMatch(/"Factor": .* share 1 item; 1 is asked in .* only and 0 are in/);
  });

  it('takes a factor of other items for another thing, on the overview too', async () => {
    const filters = { channel: 'lost-customer' as const, indicator: 'F', ...latest };
    const found = await table({ filters, against: 'lost-sale' });
    expect(found.cells[0]![0]!.values).toEqual([expect.any(Number), null]);
    const { indicators } = await session.call('overview.get', {
      scheme,
      scope: 'overall',
      channel: 'lost-customer',
      quarter: latest.to,
      indicator: '',
      against: 'lost-sale',
    });
    const factor = indicators.find(({ indicator }) => indicator === 'F')!;
    expect(factor).toMatchObject({ score: { score100: expect.any(Number) }, compared: null });
  });

  it('leaves the other channel itself blank where channels stand side by side, and takes it by default otherwise', async () => {
    const filters = { indicator: 'A', ...latest };
    const channels = await table({ rows: [{ kind: 'channel' }], filters, against: 'third-party' });
    expect(at(channels, '第三方研究').values[1]).toBeNull();
    expect(at(channels, '自有调研').values[1]).not.toBeNull();
    const absent = await table({ filters: { ...filters, channel: 'in-house' } });
    const chosen = await table({ filters: { ...filters, channel: 'in-house' }, against: 'third-party' });
    expect(absent.cells).toEqual(chosen.cells);
    const itself = await table({ filters: { ...filters, channel: 'in-house' }, against: 'in-house' });
    expect(itself.cells).toEqual(chosen.cells);
  });

  it('hides what would tell a small base of the other channel', async () => {
    const found = await table({
      rows: [{ kind: 'scope', level: 'dealer' }],
      columns: [{ kind: 'attribute', code: 'sex' }],
      filters: { channel: 'in-house', indicator: 'A', ...latest },
      against: 'lost-customer',
    });
    const other = await session.call('explore.table', {
      scheme,
      rows: [{ kind: 'scope', level: 'dealer' }],
      columns: [{ kind: 'attribute', code: 'sex' }],
      filters: { channel: 'lost-customer', indicator: 'A', ...latest },
    });
    expect(other.hidden).toBeGreaterThan(0);
    let [told, kept] = [0, 0];
    other.rows.forEach((row, r) => {
      other.columns.forEach((column, c) => {
        const mate = found.columns.findIndex(({ labels }) => labels[0]!.zh === column.labels[0]!.zh);
        const value = at(found, row.labels[0]!.zh, mate)?.values[1] ?? null;
        if (other.cells[r]![c]?.score) kept++;
        else expect(value).toBeNull();
        if (value !== null) told++;
      });
    });
    expect(told).toBeGreaterThan(0);
    expect(kept).toBeGreaterThanOrEqual(told);
  });

  it('says so where only one channel has data', async () => {
    const alone = await startSession();
    await importResponses(alone, own.get('2026Q3')!);
    const { schemes } = await alone.call('catalog.get', {});
    const found = await alone.call('explore.table', {
      scheme: schemes[0]!.id,
      measures: ['against-channel'],
    });
    expect(found.cells[0]![0]!.values).toEqual([null]);
    expect(said(found)).toContain('Only one channel has data');
    await alone.close();
  });
});
