import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../../../../electron/engine/services/workspace/workspace.ts';
import type { Overview } from '../../../../shared/calls/overview.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import type { SampleFilter } from '../../../../shared/domain/sample-filter.ts';
import type { ScopeNode } from '../../../../shared/domain/scope.ts';
import { RESOURCES, type Session, startSession, testSession } from '../../../support/engine-session.ts';
import { importResponses, importScores } from '../../../support/small-studies.ts';
import { type Respondent, respondents, scoreLines, WEIGHTS } from '../../../support/survey-files.ts';

const Q1 = parseQuarter('2026Q1')!;
const Q2 = parseQuarter('2026Q2')!;

let session: Session;
let rows: Respondent[];

beforeAll(async () => {
  session = await startSession();
  rows = [...respondents('2026Q1', 1500, 3), ...respondents('2026Q2', 1500, 4)];
  await importResponses(session, rows);
  await importScores(session, scoreLines('2026Q2'));
});
afterAll(() => session.close());

async function sampleOf(filter: SampleFilter): Promise<number> {
  const name = JSON.stringify(filter).slice(-70);
  return (await session.call('samples.save', { name, filter })).id;
}

const overview = (basis: object, more: object = {}): Promise<Overview> =>
  session.call('overview.get', {
    scheme: 2,
    scope: 'overall',
    quarter: Q2,
    channel: 'in-house',
    basis,
    ...more,
  });

const scoreA = ({ a }: Respondent) => (a === null ? null : ((a - 1) / 9) * 100);
const scoreB = ({ b }: Respondent) => (b === null ? null : ((5 - b) / 4) * 100);

function meanOf(of: readonly Respondent[], score: (row: Respondent) => number | null): number {
  const answered = of.filter((row) => score(row) !== null);
  const sum = answered.reduce((total, row) => total + row.weight * score(row)!, 0);
  return sum / answered.reduce((total, row) => total + row.weight, 0);
}

const ownIndex = (row: Respondent): number | null => {
  const parts = [
    [WEIGHTS.A, scoreA(row)],
    [WEIGHTS.B, scoreB(row)],
    [WEIGHTS.C, row.c],
  ] as const;
  const given = parts.filter(([, score]) => score !== null);
  if (given.length === 0) return null;
  return (
    given.reduce((sum, [weight, score]) => sum + weight * score!, 0) /
    given.reduce((sum, [weight]) => sum + weight, 0)
  );
};

describe('a sample of everybody', () => {
  test('has the very figures of everybody, at every place', async () => {
    const all = await sampleOf({ quarters: { from: Q1, to: Q2 } });
    const tree: ScopeNode[] = await session.call('scopes.tree', { scheme: 2 });
    for (const { id } of tree)
      for (const indicator of ['', 'A', 'F']) {
        const [own, whole] = [
          await overview({ sample: all }, { scope: id, indicator }),
          await overview({}, { scope: id, indicator }),
        ];
        expect(own.areas.length).toBe(whole.areas.length);
        own.channels.forEach((channel, i) => {
          const score = whole.channels[i]!.score!;
          expect(channel.score!.n).toBe(score.n);
          expect(channel.score!.score100).toBeCloseTo(score.score100, 9);
          expect(channel.score!.margin100).toBeCloseTo(score.margin100!, 9);
        });
      }
  });
});

describe('a sample', () => {
  const cases: [string, SampleFilter, (row: Respondent) => boolean][] = [
    ['an attribute', { attributes: { sex: ['f'] } }, (row) => row.sex === 'f'],
    ['a region', { scheme: 2, scopes: ['region:South'] }, (row) => row.region === 'South'],
    ['two dealers', { scopes: ['dealer:N北京0', 'dealer:E上海1'] }, (row) => /北京0|上海1/.test(row.dealer)],
    ['a score of an item', { scores: [{ indicator: 'A', to: 50 }] }, (row) => (scoreA(row) ?? 101) <= 50],
    [
      'the respondent’s own index',
      { scores: [{ indicator: '', from: 40.017, to: 60.013 }] },
      (row) => (ownIndex(row) ?? -1) >= 40.017 && (ownIndex(row) ?? 101) <= 60.013,
    ],
    [
      'all at once',
      {
        scheme: 2,
        scopes: ['region:East'],
        attributes: { sex: ['m', 'f'] },
        scores: [{ indicator: 'B', from: 25 }],
      },
      (row) => row.region === 'East' && row.sex !== '' && (scoreB(row) ?? -1) >= 25,
    ],
  ];

  test.each(cases)('by %s gives what the rows that meet it give', async (_, filter, meets) => {
    const sample = await sampleOf(filter);
    const chosen = rows.filter((row) => row.date >= '2026-04' && meets(row));
    const item = (await overview({ sample }, { indicator: 'A' })).channels.find(
      ({ channel }) => channel === 'in-house',
    )!;
    expect(chosen.length).toBeGreaterThan(50);
    expect(item.score!.n).toBe(chosen.filter((row) => row.a !== null).length);
    expect(item.score!.score100).toBeCloseTo(meanOf(chosen, scoreA), 8);
  });

  test('of what a probe found counts each place in its own quarters only', async () => {
    const sample = await sampleOf({
      hits: [
        { scope: 'dealer:N北京0', quarters: [Q1] },
        { scope: 'city:3301', quarters: [Q1, Q2] },
      ],
    });
    const { trends } = await overview({ sample }, { indicator: 'A' });
    const points = trends.find(({ channel }) => channel === 'in-house')!.points;
    const inQ1 = rows.filter((r) => r.date < '2026-04' && (r.dealer === 'N北京0' || r.city === '杭州市'));
    const inQ2 = rows.filter((r) => r.date >= '2026-04' && r.city === '杭州市');
    expect(points.map(({ score }) => score!.n)).toEqual(
      [inQ1, inQ2].map((part) => part.filter((row) => row.a !== null).length),
    );
    expect(points[1]!.score!.score100).toBeCloseTo(meanOf(inQ2, scoreA), 8);
  });

  test('of what a probe found takes no other place of a study that came as scores', async () => {
    const sample = await sampleOf({ hits: [{ scope: 'dealer:N北京0', quarters: [Q2] }] });
    const item = { indicator: 'A', channel: 'third-party' };
    const outside = (of: Overview) => of.channels.find(({ channel }) => channel === 'third-party')!.score;
    const whole = outside(await overview({}, { ...item, scope: 'dealer:N北京0' }))!;
    expect(outside(await overview({ sample }, item))).toEqual(whole);
  });

  test('of places as they were counts each quarter where it stood then', async () => {
    const own = await testSession();
    await importResponses(own, rows);
    const { regions } = await own.call('schemes.get', { scheme: 2 });
    const cities = (code: string) => regions.find((one) => one.code === code)!.cities;
    await own.call('schemes.save', {
      code: 'regions',
      name: { zh: '新大区', en: 'New regions' },
      validFrom: '2026-04-01',
      regions: regions.map((one) => {
        const moved = cities('South').filter((city) => city.includes('4401') || city.includes('广州'));
        if (one.code === 'South')
          return { ...one, cities: one.cities.filter((city) => !moved.includes(city)) };
        return one.code === 'East' ? { ...one, cities: [...one.cities, ...moved] } : one;
      }),
    });
    const { schemes } = await own.call('catalog.get', {});
    const asWas = schemes.find(({ timing }) => timing === 'as-was')!.id;
    const { id } = await own.call('samples.save', {
      name: 'south then',
      filter: { scheme: asWas, scopes: ['region:South'] },
    });
    const { trends } = await own.call('overview.get', {
      scheme: asWas,
      scope: 'overall',
      indicator: 'A',
      basis: { sample: id },
    });
    const inSouth = (row: Respondent) =>
      row.a !== null && row.region === 'South' && (row.date < '2026-04' || row.city !== '广州市');
    const of = (quarter: (date: string) => boolean) =>
      rows.filter((row) => inSouth(row) && quarter(row.date)).length;
    expect(trends[0]!.points.map(({ score }) => score!.n)).toEqual([
      of((date) => date < '2026-04'),
      of((date) => date >= '2026-04'),
    ]);
  });

  test('says which channel it cannot be drawn from, and shows no figure there', async () => {
    const view = await overview({ sample: await sampleOf({ attributes: { sex: ['m'] } }) });
    const outside = view.channels.find(({ channel }) => channel === 'third-party')!;
    expect(outside.score).toBeNull();
    expect(view.notes.some(({ zh }) => zh.includes('第三方研究只提供得分'))).toBe(true);
  });

  test('has a comparison of places refused in words of its own where the channel knows no answers', async () => {
    const sample = await sampleOf({ attributes: { sex: ['f'] }, quarters: { from: Q1, to: Q2 } });
    const period = { first: Q2, last: Q2 };
    const fault = await session.fault('schemes.insideOutside', {
      scheme: 2,
      channel: 'third-party',
      period,
      basis: { sample },
    });
    expect(fault.code).toBe('sample-without-data');
    expect(fault.message.zh).toContain('第三方研究');
  });

  test('of places narrows studies that came as scores as well', async () => {
    const sample = await sampleOf({ scheme: 2, scopes: ['region:West'] });
    const view = await overview({ sample }, { indicator: 'A' });
    const whole = await overview({}, { indicator: 'A', scope: 'region:West' });
    const outside = (of: Overview) => of.channels.find(({ channel }) => channel === 'third-party')!.score;
    expect(outside(view)).toEqual(outside(whole));
  });

  test('of one channel leaves the others without figures and says so', async () => {
    const view = await overview({ sample: await sampleOf({ channels: ['third-party'] }) });
    expect(view.channels.map(({ channel, score }) => [channel, score !== null])).toEqual([
      ['third-party', true],
      ['in-house', false],
    ]);
    expect(view.notes[0]!.en).toContain('In-house study: this sample holds no respondents');
  });

  test('shows no stored forecast and no alert, and says so', async () => {
    const view = await overview({ sample: await sampleOf({ attributes: { sex: ['f', 'm'] } }) });
    expect(view.alerts).toEqual([]);
    expect(view.notes.at(-1)!.zh).toContain('全部受访者');
  });

  test('that is gone is a fault of its own', async () => {
    const fault = await session.fault('overview.get', {
      scheme: 2,
      scope: 'overall',
      basis: { sample: 999 },
    });
    expect(fault.code).toBe('sample-unknown');
  });
});

describe('other weights of the indicators', () => {
  test('re-score every year and leave the items as they are', async () => {
    const { path } = (await session.call('app.status', {})).database!;
    await session.call('app.close', {});
    reweigh(path);
    await session.call('app.open', { path });
    const now = await overview({ weightSet: 1 });
    const chosen = rows.filter((row) => row.date >= '2026-04');
    const before =
      (WEIGHTS.A * meanOf(chosen, scoreA) +
        WEIGHTS.B * meanOf(chosen, scoreB) +
        WEIGHTS.C * meanOf(chosen, (row) => row.c)) /
      (WEIGHTS.A + WEIGHTS.B + WEIGHTS.C);
    const own = (of: Overview) => of.channels.find(({ channel }) => channel === 'in-house')!.score!;
    expect(own(now).score100).toBeCloseTo(before, 8);
    expect(own(await overview({})).score100).toBeCloseTo(
      meanOf(chosen, (row) => row.c),
      8,
    );
    const item = { indicator: 'A' };
    expect(own(await overview({ weightSet: 1 }, item))).toEqual(own(await overview({}, item)));
    const fault = await session.fault('overview.get', {
      scheme: 2,
      scope: 'overall',
      basis: { weightSet: 9 },
    });
    expect(fault.code).toBe('weight-set-unknown');
  });
});

/** A second version of the weights in which item C alone counts. */
function reweigh(path: string): void {
  const workspace: Workspace = openWorkspace(path, {
    dataFolder: session.folder,
    resourcesFolder: RESOURCES,
    clock: () => new Date('2026-11-21T08:00:00Z'),
    log: () => {},
  });
  workspace.change({ action: 'mapping.save', subject: 'weights' }, (db) => {
    db.exec(`INSERT INTO weight_sets (id, version, note, created_at, activated) VALUES (7, 7, 'C alone', '', 7);
      INSERT INTO indicator_weights (weight_set_id, indicator_id, parent_id, position, weight) SELECT 7, indicator_id, parent_id, position,
        CASE (SELECT code FROM indicators WHERE id = indicator_id) WHEN 'C' THEN 1 ELSE 0 END
      FROM indicator_weights WHERE weight_set_id = 1`);
  });
  workspace.close();
}

describe('what everybody’s figures hide', () => {
  let small: Session;
  let few: Respondent[];

  beforeAll(async () => {
    small = await startSession();
    const kept = new Map<string, number>();
    few = respondents('2026Q2', 900, 9).filter((row) => {
      const count = (kept.get(row.dealer) ?? 0) + 1;
      const limit = row.dealer === 'E上海1' ? 6 : 1000;
      if (count <= limit) kept.set(row.dealer, count);
      return count <= limit;
    });
    await importResponses(small, few);
  });
  afterAll(() => small.close());

  async function shown(filter: SampleFilter, indicator: string): Promise<Map<string, boolean>> {
    const { id } = await small.call('samples.save', { name: JSON.stringify(filter).slice(-60), filter });
    const found = new Map<string, boolean>();
    for (const node of await small.call('scopes.tree', { scheme: 2 })) {
      const view = await small.call('overview.get', {
        scheme: 2,
        scope: node.id,
        indicator,
        basis: { sample: id },
      });
      found.set(node.id, (view.channels[0]?.score ?? null) !== null);
    }
    return found;
  }

  test('stays hidden on a sample that leaves a few out', async () => {
    const others = [...new Set(few.map(({ dealer }) => dealer))].filter((dealer) => dealer !== 'E上海1');
    const found = await shown({ scopes: others.map((dealer) => `dealer:${dealer}`) }, 'A');
    // Overall, East and Shanghai less this sample would be the six of the hidden dealer.
    expect(found.get('dealer:E上海1')).toBe(false);
    expect(found.get('overall')).toBe(false);
    expect(found.get('region:East')).toBe(false);
    expect(found.get('city:3101')).toBe(false);
    expect([...found.values()].filter(Boolean).length).toBeGreaterThan(5);
  });

  test('stays hidden on a sample of the hidden places themselves', async () => {
    const found = await shown({ scopes: ['city:3101'] }, 'A');
    const whole = await small.call('overview.get', { scheme: 2, scope: 'city:3101', indicator: 'A' });
    const hidden = whole.areas.filter(({ score }) => score === null).map(({ scope }) => scope);
    expect(hidden.length).toBeGreaterThan(1);
    for (const scope of hidden) expect(found.get(scope), scope).toBe(false);
  });
});
