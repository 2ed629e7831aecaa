import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTable } from '../../../../electron/engine/importers/registry.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { importResponses } from '../../../support/small-studies.ts';
import { type Respondent, respondents } from '../../../support/survey-files.ts';

const OLD = parseQuarter('2025Q2')!;
const NEW = parseQuarter('2026Q1')!;
const at = (quarter: number) => ({ first: quarter, last: quarter });

let session: Session;
let scheme: number;
let jdp: number;
let older: Respondent[];
let newer: Respondent[];

/** Weighted mean of item C, worked out from the rows. */
function meanC(rows: readonly Respondent[]): number {
  const answered = rows.filter((row) => row.c !== null);
  const weight = answered.reduce((sum, row) => sum + row.weight, 0);
  return answered.reduce((sum, row) => sum + row.weight * row.c!, 0) / weight;
}
const dealersIn = (rows: readonly Respondent[]) => new Set(rows.map((row) => row.dealer));

beforeAll(async () => {
  session = await startSession();
  older = respondents('2025Q2', 900, 3);
  const gone = older[0]!.dealer;
  const all = respondents('2026Q1', 900, 4);
  newer = all.filter((row) => row.dealer !== gone);
  for (const [quarter, rows] of [
    ['2025Q2', older],
    ['2026Q1', newer],
  ] as const)
    await importResponses(session, rows, `${quarter}.csv`);
  scheme = (await session.call('catalog.get', {})).schemes.find((one) => one.regions > 0)!.id;
  const saved = await session.call('schemes.save', {
    code: 'jdp',
    name: { zh: 'J.D. Power 城市', en: 'J.D. Power cities' },
    validFrom: '2026-01-01',
    regions: [
      { code: 'first', name: 'first', cities: ['4401', '3101'] },
      { code: 'second', name: 'second', cities: ['3301'] },
    ],
  });
  jdp = saved.id;
});
afterAll(() => session.close());

describe('inside against outside a scheme', () => {
  test('every figure equals one worked out from the rows, with a test of the difference', async () => {
    const view = await session.call('schemes.insideOutside', {
      scheme: jdp,
      channel: 'in-house',
      period: at(NEW),
    });
    const inside = newer.filter((row) => ['广州市', '上海市', '杭州市'].includes(row.city));
    const outside = newer.filter((row) => !inside.includes(row));
    const row = view.rows.find((one) => one.indicator === 'C')!;
    expect(row.first!.score100).toBeCloseTo(meanC(inside), 8);
    expect(row.second!.score100).toBeCloseTo(meanC(outside), 8);
    expect(row.difference!.points100).toBeCloseTo(meanC(inside) - meanC(outside), 8);
    expect(row.difference!.adjustedP).toBeGreaterThanOrEqual(row.difference!.p!);
    expect(view.inside).toEqual({
      cities: new Set(inside.map((one) => one.city)).size,
      dealers: dealersIn(inside).size,
      respondents: inside.length,
    });
    expect(view.outside.respondents).toBe(outside.length);
    expect(view.trend.map(({ quarter }) => quarter)).toContain(OLD);
  });

  test('one region of the scheme can be the inside, below one place', async () => {
    const within = await session.call('schemes.insideOutside', {
      scheme: jdp,
      regions: ['first'],
      withinScheme: scheme,
      within: `region:${newer.find((row) => row.city === '广州市')!.region}`,
      channel: 'in-house',
      period: at(NEW),
    });
    const guangzhou = newer.filter((row) => row.city === '广州市');
    const region = newer.filter((row) => row.region === guangzhou[0]!.region);
    expect(within.inside.respondents).toBe(guangzhou.length);
    expect(within.outside.respondents).toBe(region.length - guangzhou.length);
  });
});

describe('like for like', () => {
  test('keeps the dealers of both periods and says how much they cover', async () => {
    const view = await session.call('schemes.likeForLike', {
      channel: 'in-house',
      first: at(OLD),
      second: at(NEW),
    });
    const both = [...dealersIn(older)].filter((one) => dealersIn(newer).has(one));
    const of = (rows: readonly Respondent[]) => rows.filter((row) => both.includes(row.dealer));
    expect(view.common).toBe(both.length);
    expect(view.first.only.map(({ code }) => code)).toEqual([older[0]!.dealer]);
    expect(view.second.only).toEqual([]);
    expect(view.first.respondentShare).toBeCloseTo(of(older).length / older.length, 12);
    expect(view.first.unitShare).toBeCloseTo(both.length / dealersIn(older).size, 12);
    const row = view.rows.find((one) => one.indicator === 'C')!;
    expect(row.all.change!.points100).toBeCloseTo(meanC(newer) - meanC(older), 8);
    expect(row.common.change!.points100).toBeCloseTo(meanC(of(newer)) - meanC(of(older)), 8);
  });

  test('of two city scopes takes the cities of both', async () => {
    const view = await session.call('schemes.likeForLike', {
      channel: 'in-house',
      first: at(OLD),
      second: at(NEW),
      unit: 'city',
      schemes: [scheme, jdp],
    });
    const cities = new Set(['广州市', '上海市', '杭州市']);
    expect(view.common).toBe(3);
    expect(view.second.respondents).toBe(newer.filter((row) => cities.has(row.city)).length);
    expect(view.first.respondents).toBe(older.length);
    const left = view.first.only.find(({ code }) => code === '4403')!;
    expect(left.name).toEqual({ zh: '深圳市', en: 'Shenzhen' });
  });
});

describe('before and after a reorganisation', () => {
  test('shows both totals, what moved, and what the grouping alone does', async () => {
    const content = await session.call('schemes.get', { scheme });
    const from = content.regions.find((region) => region.cities.includes('4401'))!;
    const to = content.regions.find((region) => region !== from)!;
    const { id: _, ...same } = content;
    const made = await session.call('schemes.save', {
      ...same,
      scheme,
      validFrom: '2026-01-01',
      regions: content.regions.map((region) => ({
        ...region,
        cities: [...region.cities.filter((city) => city !== '4401'), ...(region === to ? ['4401'] : [])],
      })),
    });
    const input = {
      first: scheme,
      second: made.id,
      channel: 'in-house',
      period: at(NEW),
      indicator: 'C',
    } as const;
    const view = await session.call('schemes.reorganise', input);
    const of = (region: string) => newer.filter((row) => row.region === region);
    const guangzhou = newer.filter((row) => row.city === '广州市');
    const row = view.regions.find((one) => one.code === to.code)!;
    expect(row.first!.score100).toBeCloseTo(meanC(of(to.code)), 8);
    expect(row.second!.score100).toBeCloseTo(meanC([...of(to.code), ...guangzhou]), 8);
    expect(row.difference!.points100).toBeCloseTo(row.second!.score100 - row.first!.score100, 10);
    expect(row.difference!.p).not.toBeNull();
    expect([row.joined, row.left]).toEqual([guangzhou.length, 0]);
    expect(view.moved).toMatchObject([
      {
        kind: 'city',
        code: '4401',
        from: { zh: from.name },
        to: { zh: to.name },
        respondents: guangzhou.length,
      },
    ]);
    for (const [name, format] of [
      ['out.csv', 'csv'],
      ['out.xlsx', 'xlsx'],
    ] as const) {
      const path = join(session.folder, name);
      await session.call('schemes.exportComparison', {
        path,
        language: 'en',
        comparison: { kind: 'regroup', input },
      });
      const table = await openTable(path);
      expect(table.format).toBe(format);
      const rows: unknown[][] = [];
      for await (const { cells } of table.rows()) rows.push([...cells]);
      await table.close();
      expect(rows.map((cells) => cells[0])).toContain(to.name);
    }
    const about = await openTable(join(session.folder, 'out.xlsx'), { sheet: 'About' });
    const said = new Map<unknown, unknown>();
    for await (const { cells } of about.rows()) said.set(cells[0], cells[1]);
    await about.close();
    expect(said.get('Channel')).toBe('In-house study');
    expect(said.get('Second scheme')).toBe(`${content.name.en} 2026-01-01`);
  });
});
