import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testSession } from '../../../support/engine-session.ts';
import { mappingFile } from '../../../support/mapping-columns.ts';
import { plainNumber, rawRows, sum } from '../../../support/raw-csv.ts';
import { hasRealData, realFiles } from '../../../support/real-data.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const LONG = 300_000;

describe.skipIf(!hasRealData())('public studies', { timeout: LONG }, () => {
  test('a panel drills from the nation over state, county and city to the hospital with the right bases', async () => {
    const session = await testSession();
    const path = realFiles('hospital-panel').at(-1)!;
    const mapping = mappingFile(join(FIXTURES, 'hospital-panel.mapping.json'));
    await session.call('import.commit', { path, mapping });
    const nurses = rawRows(path).flatMap((row) => {
      const stars = plainNumber(row.H_COMP_1_STAR_RATING);
      const surveys = plainNumber(row.H_NUMB_COMP);
      return stars === undefined || surveys === undefined ? [] : [{ ...row, stars, surveys }];
    }) as ({ state: string; county: string; city: string; PROVIDER_ID: string } & Record<
      'stars' | 'surveys',
      number
    >)[];
    const levels = [
      ['state', (row: (typeof nurses)[number]) => `region:${row.state}`],
      ['county', (row: (typeof nurses)[number]) => `province:${row.state}.${row.county || row.state}`],
      ['city', (row: (typeof nurses)[number]) => `city:${row.state}.${row.county || row.state}.${row.city}`],
      ['hospital', (row: (typeof nurses)[number]) => `dealer:${row.PROVIDER_ID}`],
    ] as const;
    let scope = 'overall';
    let own = nurses;
    for (const [level, scopeOf] of levels) {
      const overview = await session.call('overview.get', { scheme: 2, scope, indicator: 'HOSPITAL.NURSES' });
      const score = overview.channels[0]!.score!;
      expect(score.n, scope).toBe(sum(own.map(({ surveys }) => surveys)));
      expect(score.native, scope).toBeCloseTo(sum(own.map((row) => row.stars * row.surveys)) / score.n, 9);
      for (const area of overview.areas.filter((one) => one.score !== null)) {
        const rows = own.filter((row) => scopeOf(row) === area.scope);
        expect(area.score!.n, area.scope).toBe(sum(rows.map(({ surveys }) => surveys)));
      }
      // Down into the part with the most surveys.
      const parts = new Map<string, number>();
      for (const row of own) parts.set(scopeOf(row), (parts.get(scopeOf(row)) ?? 0) + row.surveys);
      [[scope]] = [...parts].sort((a, b) => b[1] - a[1]) as [[string, number]];
      own = own.filter((row) => scopeOf(row) === scope);
      expect(own.length, level).toBeGreaterThan(0);
    }
    const { channels } = await session.call('overview.get', {
      scheme: 2,
      scope,
      indicator: 'HOSPITAL.NURSES',
    });
    expect([channels[0]!.score!.n, channels[0]!.score!.native]).toEqual([own[0]!.surveys, own[0]!.stars]);
  });

  test('owner reviews are understood from their headers: eight items, months, prefectures under another name', async () => {
    const session = await testSession();
    const [path] = realFiles('car-owner-reviews');
    const preview = await session.call('import.preview', { path: path! });
    expect(preview.mappingProblems).toEqual([]);
    expect(preview.mapping).toMatchObject({
      kind: 'responses',
      place: { city: { column: '购车城市' }, geography: 'national' },
      period: { kind: 'date' },
    });
    expect(preview.mapping!.items.map(({ column }) => column)).toEqual(
      '空间 动力 操控 油耗 舒适性 外观 内饰 性价比'.split(' '),
    );
    const rows = rawRows(path!);
    expect(preview.counts).toMatchObject({ read: rows.length, accepted: rows.length, rejected: 0 });
    expect(preview.unmatched).toEqual([]);
    const mapping = structuredClone(preview.mapping!);
    const choices = '上下班 购物 接送小孩 自驾游 跑长途 商务接送 拉货 泡妞 赛车'.split(' ');
    mapping.attributes = [
      {
        column: '购车目的',
        code: 'purpose',
        label: { zh: '购车目的', en: 'Purpose' },
        values: {},
        missing: [],
        multiple: { choices },
      },
    ];
    const again = await session.call('import.preview', { path: path!, mapping });
    const shown = again.rows.map(({ meaning }) =>
      (meaning!.attributes[0]?.zh ?? '').split('、').filter(Boolean),
    );
    const written = rows.slice(0, shown.length).map((row) => row.购车目的!);
    shown.forEach((found, i) => {
      expect([...found].sort()).toEqual(choices.filter((choice) => written[i]!.includes(choice)).sort());
    });
  });
});
