import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectReader } from '../../../../electron/engine/store/database.ts';
import type { Overview } from '../../../../shared/calls/overview.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import type { ScopeNode } from '../../../../shared/domain/scope.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { importResponses } from '../../../support/small-studies.ts';
import {
  DEALERS,
  type Respondent,
  respondents,
  responsesMapping,
  scoresMapping,
  WEIGHTS,
  writeResponses,
  writeScores,
} from '../../../support/survey-files.ts';

const QUARTER = parseQuarter('2026Q2')!;
const CODES = ['A', 'B', 'C'] as const;
type Code = (typeof CODES)[number];

/** The answer on 0-100, by the study's own scales: A 1-10, B 1-5 reversed, C as it is. */
const HARMONISED: Record<Code, (row: Respondent) => number | null> = {
  A: ({ a }) => (a === null ? null : ((a - 1) / 9) * 100),
  B: ({ b }) => (b === null ? null : ((5 - b) / 4) * 100),
  C: ({ c }) => c,
};

interface Sums {
  n: number;
  w: number;
  w2: number;
  wx: number;
  wx2: number;
}

/** Every statistic summed from the raw rows, one by one. */
function sumsOf(rows: readonly Respondent[], code: Code): Sums {
  const sums = { n: 0, w: 0, w2: 0, wx: 0, wx2: 0 };
  for (const row of rows) {
    const x = HARMONISED[code](row);
    if (x === null) continue;
    sums.n += 1;
    sums.w += row.weight;
    sums.w2 += row.weight ** 2;
    sums.wx += row.weight * x;
    sums.wx2 += row.weight * x * x;
  }
  return sums;
}

const meanOf = ({ w, wx }: Sums) => wx / w;
const nEffOf = ({ w, w2 }: Sums) => w ** 2 / w2;
function errorOf(sums: Sums): number {
  const n = nEffOf(sums);
  const variance = ((sums.wx2 / sums.w - meanOf(sums) ** 2) * n) / (n - 1);
  return Math.sqrt(variance / n);
}

/** Which rows stand below a scope, told from the rows themselves. */
function below(scope: ScopeNode, nodes: readonly ScopeNode[], rows: readonly Respondent[]): Respondent[] {
  const [level, code] = [scope.level, scope.id.slice(scope.id.indexOf(':') + 1)];
  if (level === 'overall') return [...rows];
  if (level === 'region') return rows.filter((row) => row.region === code);
  if (level === 'dealer') return rows.filter((row) => row.dealer === code);
  if (level === 'city') return rows.filter((row) => row.city === scope.name.zh);
  const region = nodes[scope.parent]!.id.slice('region:'.length);
  const cities: Record<string, string[]> = {
    广东省: ['广州市', '深圳市', '湛江市'],
    浙江省: ['杭州市'],
    上海市: ['上海市'],
    北京市: ['北京市'],
  };
  return rows.filter((row) => cities[scope.name.zh]!.includes(row.city) && row.region === region);
}

let session: Session;
let rows: Respondent[];
let tree: ScopeNode[];

const overview = (scope: string, indicator = ''): Promise<Overview> =>
  session.call('overview.get', { scheme: 2, scope, indicator, quarter: QUARTER });

beforeAll(async () => {
  session = await startSession();
  const before = respondents('2026Q1', 1500, 3);
  rows = respondents('2026Q2', 1500, 4);
  for (const [file, quarter] of [
    ['a.csv', before],
    ['b.csv', rows],
  ] as const)
    await importResponses(session, quarter, file);
  tree = await session.call('scopes.tree', { scheme: 2 });
});
afterAll(() => session.close());

describe('the cells', () => {
  test('equal what the raw rows sum to: weights, reversed items, missing codes', () => {
    const reader = connectReader(join(session.folder, 'work.csi'));
    try {
      const cells = reader
        .prepare<[number], Record<'dealer' | 'code', string> & Sums>(
          `SELECT d.code AS dealer, i.code AS code, c.n, c.sum_w AS w, c.sum_w2 AS w2, c.sum_wx AS wx, c.sum_wx2 AS wx2
           FROM cells c JOIN dealers d ON d.id = c.dealer_id JOIN indicators i ON i.id = c.indicator_id
           WHERE c.quarter = ?`,
        )
        .all(QUARTER);
      expect(cells).toHaveLength(DEALERS.length * CODES.length);
      for (const { dealer, code, ...sums } of cells) {
        const wanted = sumsOf(
          rows.filter((row) => row.dealer === dealer),
          code as Code,
        );
        for (const key of ['n', 'w', 'w2', 'wx', 'wx2'] as const)
          expect(sums[key], `${dealer} ${code} ${key}`).toBeCloseTo(wanted[key], 6);
      }
      const base = reader
        .prepare<[number], { n: number; w: number }>(
          'SELECT sum(n) AS n, sum(sum_w) AS w FROM cells WHERE indicator_id = 0 AND quarter = ?',
        )
        .get(QUARTER)!;
      expect(base.n).toBe(rows.length);
      expect(base.w).toBeCloseTo(
        rows.reduce((sum, row) => sum + row.weight, 0),
        6,
      );
    } finally {
      reader.close();
    }
  });

  test('of reported scores carry the reported base and spread, or the assumed one', async () => {
    const own = await startSession();
    try {
      const lines = [
        '2026Q2,D1,店一,上海市,East,40,800,150,600,25',
        '2026Q2,D2,店二,上海市,East,12,700,,,11',
      ];
      const path = writeScores(own.folder, 's.csv', lines);
      await own.call('import.commit', { path, mapping: scoresMapping() });
      const reader = connectReader(join(own.folder, 'work.csi'));
      const cells = reader
        .prepare<[], { dealer: string; code: string } & Sums>(
          `SELECT d.code AS dealer, i.code AS code, c.n, c.sum_w AS w, c.sum_w2 AS w2, c.sum_wx AS wx, c.sum_wx2 AS wx2
           FROM cells c JOIN dealers d ON d.id = c.dealer_id JOIN indicators i ON i.id = c.indicator_id
           ORDER BY d.code, i.code`,
        )
        .all();
      const wanted: [string, string, number, number, number][] = [
        ['D1', 'A', 40, 80, 15],
        ['D1', 'B', 25, 60, 18],
        ['D2', 'A', 12, 70, 18],
      ];
      expect(cells.map(({ dealer, code, n }) => [dealer, code, n])).toEqual(
        wanted.map(([dealer, code, n]) => [dealer, code, n]),
      );
      cells.forEach((cell, i) => {
        const [, , n, mean, sd] = wanted[i]!;
        expect(meanOf(cell)).toBeCloseTo(mean, 9);
        expect(errorOf(cell)).toBeCloseTo(sd / Math.sqrt(n), 9);
      });
      reader.close();
    } finally {
      await own.close();
    }
  });
});

describe('the overview', () => {
  test('gives every item at every place as the rows below it do, with its margin', async () => {
    for (const code of CODES)
      for (const scope of tree) {
        const { channels } = await overview(scope.id, code);
        const sums = sumsOf(below(scope, tree, rows), code);
        const score = channels[0]!.score!;
        expect(score.score100, `${scope.id} ${code}`).toBeCloseTo(meanOf(sums), 8);
        expect(score.n).toBe(sums.n);
        expect(score.nEff).toBeCloseTo(nEffOf(sums), 8);
        // t(n - 1) at 97.5 % lies between 1.96 and 2.1 for these bases.
        expect(score.margin100! / errorOf(sums)).toBeGreaterThan(1.96);
        expect(score.margin100! / errorOf(sums)).toBeLessThan(2.1);
      }
  });

  test('gives the index as the weighted mean of the item means, and its error with the halo', async () => {
    const { halo } = connectHalo();
    for (const scope of tree) {
      const inside = below(scope, tree, rows);
      const items = CODES.map((code) => ({ r: WEIGHTS[code], sums: sumsOf(inside, code) }));
      const total = items.reduce((sum, { r }) => sum + r, 0);
      const mean = items.reduce((sum, { r, sums }) => sum + r * meanOf(sums), 0) / total;
      const errors = items.map(({ r, sums }) => (r / total) * errorOf(sums));
      const error = Math.sqrt(
        (1 - halo) * errors.reduce((sum, e) => sum + e * e, 0) +
          halo * errors.reduce((sum, e) => sum + e, 0) ** 2,
      );
      const score = (await overview(scope.id)).channels[0]!.score!;
      expect(score.score100, scope.id).toBeCloseTo(mean, 8);
      expect(score.margin100! / error).toBeGreaterThan(1.96);
      expect(score.margin100! / error).toBeLessThan(2.1);
      const factor = (await overview(scope.id, 'F')).channels[0]!.score!;
      const [a, b] = items;
      expect(factor.score100).toBeCloseTo(
        (a!.r * meanOf(a!.sums) + b!.r * meanOf(b!.sums)) / (a!.r + b!.r),
        8,
      );
    }
  });

  test('renormalises the index over what was asked, and shows what was not as nothing', async () => {
    const own = await startSession();
    try {
      const mapping = responsesMapping();
      const two = { ...mapping, items: mapping.items.slice(0, 2), questionnaire: 'short' };
      await own.call('import.commit', {
        path: writeResponses(own.folder, 'a.csv', respondents('2026Q1', 400)),
        mapping,
      });
      const short = respondents('2026Q2', 400, 2);
      await own.call('import.commit', {
        path: writeResponses(own.folder, 'b.csv', short),
        mapping: two,
      });
      const whole = await own.call('overview.get', { scheme: 2, scope: 'overall' });
      const [a, b] = [sumsOf(short, 'A'), sumsOf(short, 'B')];
      expect(whole.channels[0]!.score!.score100).toBeCloseTo((3 * meanOf(a) + 2 * meanOf(b)) / 5, 8);
      expect(whole.indicators.find(({ indicator }) => indicator === 'C')).toMatchObject({
        score: null,
        sincePrevious: null,
      });
      const item = await own.call('overview.get', { scheme: 2, scope: 'overall', indicator: 'C' });
      expect(item.trends[0]!.points.map(({ score }) => score === null)).toEqual([false, true]);
      expect(item.trends[0]!.breaks).toMatchObject([{ quarter: QUARTER }]);
      expect(item.channels[0]).toMatchObject({ score: null, absence: 'not-asked' });
      expect(whole.channels[0]!.absence).toBeNull();
    } finally {
      await own.close();
    }
  });

  test('adds up: a place is the base-weighted mean of the places below it', async () => {
    for (const scope of tree) {
      const { areas, channels } = await overview(scope.id, 'A');
      if (areas.length === 0) continue;
      const shown = areas.filter(({ score }) => score !== null);
      expect(shown.reduce((sum, { score }) => sum + score!.n, 0)).toBe(channels[0]!.score!.n);
      const weight = (id: string) => sumsOf(below(tree.find((one) => one.id === id)!, tree, rows), 'A').w;
      const total = shown.reduce((sum, { scope: id }) => sum + weight(id), 0);
      const mean = shown.reduce((sum, { scope: id, score }) => sum + weight(id) * score!.score100, 0) / total;
      expect(mean).toBeCloseTo(channels[0]!.score!.score100, 8);
    }
  });

  test('compares an area with the rest of its parent, never with a whole that contains it', async () => {
    const { areas } = await overview('overall', 'A');
    for (const area of areas) {
      const region = area.scope.slice('region:'.length);
      const inside = sumsOf(
        rows.filter((row) => row.region === region),
        'A',
      );
      const rest = sumsOf(
        rows.filter((row) => row.region !== region),
        'A',
      );
      expect(area.againstRest!.points100).toBeCloseTo(meanOf(inside) - meanOf(rest), 8);
    }
  });
});

/** Mean inter-item correlation as it was stored with the batches, weighted by their rows. */
function connectHalo(): { halo: number } {
  const reader = connectReader(join(session.folder, 'work.csi'));
  try {
    return reader
      .prepare<[], { halo: number }>(
        'SELECT sum(halo * rows_loaded) / sum(rows_loaded) AS halo FROM import_batches',
      )
      .get()!;
  } finally {
    reader.close();
  }
}

describe('small figures', () => {
  let small: Session;
  let few: Respondent[];
  let places: ScopeNode[];

  /** Two dealers with a handful of answers, and an item that few answered at one large dealer. */
  beforeAll(async () => {
    small = await startSession();
    const kept = new Map<string, number>();
    few = respondents('2026Q2', 900, 9).filter((row) => {
      const count = (kept.get(row.dealer) ?? 0) + 1;
      const limit = row.dealer === 'E上海1' ? 6 : row.dealer === 'S深圳0' ? 4 : 1000;
      if (count <= limit) kept.set(row.dealer, count);
      return count <= limit;
    });
    for (const [i, row] of few.entries()) if (row.dealer === 'N北京2' && i % 9 > 0) row.c = null;
    await importResponses(small, few);
    places = await small.call('scopes.tree', { scheme: 2 });
  });
  afterAll(() => small.close());

  async function shownScores(): Promise<Map<string, number>> {
    const shown = new Map<string, number>();
    for (const { id } of places)
      for (const code of ['', 'F', ...CODES]) {
        const view = await small.call('overview.get', { scheme: 2, scope: id, indicator: code });
        const score = view.channels[0]?.score;
        if (view.channels[0]) expect(view.channels[0].absence === null).toBe(score !== null);
        if (score) shown.set(`${id} ${code}`, score.score100);
        for (const row of [...view.areas, ...view.indicators]) {
          const key = `${row.scope} ${row.indicator}`;
          // The same figure is shown on one screen exactly where it is shown on another.
          if (row.score) shown.set(key, row.score.score100);
          if (!row.score) expect([row.againstRest, row.sincePrevious], key).toEqual([null, null]);
          if (!row.score) expect(row.spark.at(-1), key).toBeNull();
        }
      }
    return shown;
  }

  test('never leave the engine, at no place and under no indicator', async () => {
    const shown = await shownScores();
    let hidden = 0;
    for (const place of places)
      for (const code of CODES) {
        const sums = sumsOf(below(place, places, few), code);
        if (sums.n === 0 || nEffOf(sums) >= 10) continue;
        hidden++;
        expect(shown.has(`${place.id} ${code}`), `${place.id} ${code}`).toBe(false);
      }
    expect(hidden).toBeGreaterThan(6);
    expect(shown.size).toBeGreaterThan(100);
  });

  test('do not follow from what is shown: no parent has exactly one hidden child, no index one hidden item', async () => {
    const shown = await shownScores();
    places.forEach((place, at) => {
      const children = places.filter(({ parent }) => parent === at);
      for (const code of CODES) {
        const answered = children.filter((child) => sumsOf(below(child, places, few), code).n > 0);
        const hidden = answered.filter(({ id }) => !shown.has(`${id} ${code}`));
        if (shown.has(`${place.id} ${code}`) && hidden.length > 0) {
          expect(hidden.length, `${place.id} ${code}`).toBeGreaterThan(1);
          const base = hidden.reduce((sum, child) => sum + sumsOf(below(child, places, few), code).n, 0);
          expect(base).toBeGreaterThanOrEqual(10);
        }
      }
      for (const [whole, parts] of [
        ['', CODES],
        ['F', ['A', 'B']],
      ] as const) {
        if (!shown.has(`${place.id} ${whole}`)) continue;
        expect(parts.filter((code) => !shown.has(`${place.id} ${code}`)).length).not.toBe(1);
      }
    });
  });
});
