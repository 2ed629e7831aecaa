import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import truth from '../../../resources/sample/events.json' with { type: 'json' };
import { generateSampleStudies, type SampleManifest } from '../../../resources/sample/generate.ts';
import indicators from '../../../resources/sample/indicators.json' with { type: 'json' };
import { mean100, type Row, sampleRows } from './sample-rows.ts';

interface Item {
  indicator: string;
  column: string;
  min: number;
  max: number;
  reversed?: boolean;
  missing?: number[];
}

const folder = mkdtempSync(join(tmpdir(), 'sample-'));
let manifest: SampleManifest;
const kept = new Map<string, Promise<Row[]>>();

beforeAll(async () => {
  manifest = await generateSampleStudies(join(folder, 'all'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function rowsOf(channel: string, quarter: string): Promise<Row[]> {
  const file = manifest.files.find((f) => f.channel === channel && f.quarter === quarter)!;
  const known = kept.get(file.fileName) ?? sampleRows(join(folder, 'all'), file.fileName);
  kept.set(file.fileName, known);
  return known;
}

function itemsOf(channel: string, quarter: string): Item[] {
  const asked = indicators.questionnaires.find(
    (q) => q.channel === channel && quarter >= q.from && (q.to === null || quarter <= q.to),
  );
  return asked!.items;
}

function itemOf(channel: string, quarter: string, indicator: string): Item {
  return itemsOf(channel, quarter).find((i) => i.indicator === indicator)!;
}

function average(values: number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** Change of the chosen rows from one quarter to the next, minus the change of the other rows. */
async function excess(
  channel: string,
  from: string,
  to: string,
  indicator: string,
  chosen: (row: Row) => boolean,
): Promise<number> {
  const level = async (quarter: string, keep: (row: Row) => boolean) => {
    const item = itemOf(channel, quarter, indicator);
    return mean100((await rowsOf(channel, quarter)).filter(keep), item.column, item);
  };
  const others = (row: Row) => !chosen(row);
  const own = (await level(to, chosen)) - (await level(from, chosen));
  return own - ((await level(to, others)) - (await level(from, others)));
}

function digest(path: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(path).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(path, name)))
        .digest('hex'),
    ]),
  );
}

describe('the files', () => {
  test('are the same bytes for the same options and others for another seed', async () => {
    const small = { dealers: 40, quarters: 3 };
    await generateSampleStudies(join(folder, 'a'), small);
    await afterTheNextZipTick();
    await generateSampleStudies(join(folder, 'b'), small);
    await generateSampleStudies(join(folder, 'c'), { ...small, seed: 1 });
    expect(digest(join(folder, 'a'))).toEqual(digest(join(folder, 'b')));
    const other = digest(join(folder, 'c'));
    const same = Object.entries(digest(join(folder, 'a'))).filter(([name, hash]) => other[name] === hash);
    expect(same).toEqual([]);
  });

  test('are as many and as long as a year of studies should be', async () => {
    expect(manifest.files).toHaveLength(48);
    expect(manifest.quarters.at(0)).toBe('2023Q4');
    expect(manifest.quarters.at(-1)).toBe('2026Q3');
    const inHouse = manifest.files.filter((f) => f.channel === 'in-house');
    const total = inHouse.reduce((sum, f) => sum + f.rows, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThan(70_000);
    for (const file of manifest.files)
      expect((await rowsOf(file.channel, file.quarter)).length, file.fileName).toBe(file.rows);
  });

  test('describe 300 dealers in 31 provinces and 7 regions', async () => {
    const dealers = await sampleRows(join(folder, 'all'), 'dealers.csv');
    const distinct = (column: string) => new Set(dealers.map((d) => d[column])).size;
    expect([distinct('经销商代码'), distinct('省份'), distinct('大区')]).toEqual([300, 31, 7]);
    expect(distinct('经销商名称')).toBe(300);
    expect(distinct('城市')).toBeGreaterThanOrEqual(115);
    const changed = dealers.filter((d) => d.退网日期 !== '' || d.开业日期 !== '2015-01-01');
    expect(changed.length).toBeGreaterThan(5);
  });

  test('keep every code within its scale or its missing codes', async () => {
    for (const channel of ['third-party', 'in-house', 'lost-customer', 'lost-sale'])
      for (const quarter of ['2024Q4', '2025Q1', '2026Q3']) {
        const rows = await rowsOf(channel, quarter);
        for (const { column, min, max, missing = [] } of itemsOf(channel, quarter)) {
          const strange = rows.filter((row) => {
            const value = Number(row[column]);
            return row[column] !== '' && !missing.includes(value) && !(value >= min && value <= max);
          });
          expect(strange, `${channel} ${quarter} ${column}`).toEqual([]);
        }
      }
  });
});

describe('the channels', () => {
  test('disagree in level and agree in order across dealers', async () => {
    const byDealer = new Map<string, number[][]>();
    const channels = ['third-party', 'in-house', 'lost-customer'];
    for (const [c, channel] of channels.entries())
      for (const quarter of manifest.quarters) {
        const groups = Map.groupBy(await rowsOf(channel, quarter), (row) => String(row.经销商代码));
        const asked = itemsOf(channel, quarter).filter((i) =>
          ['SI2', 'SA1', 'VP2', 'SQ1'].includes(i.indicator),
        );
        for (const [code, rows] of groups) {
          const scores = byDealer.get(code) ?? channels.map(() => []);
          byDealer.set(code, scores);
          scores[c]!.push(average(asked.map((item) => mean100(rows, item.column, item))));
        }
      }
    const full = [...byDealer.values()]
      .filter((s) => s.every((x) => x.length >= 8))
      .map((s) => s.map(average));
    const column = (c: number) => full.map((s) => s[c]!);
    expect(average(column(1)) - average(column(0))).toBeGreaterThan(1);
    expect(average(column(0)) - average(column(2))).toBeGreaterThan(12);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const r = correlation(column(a), column(b));
      expect(r, `${channels[a]} and ${channels[b]}`).toBeGreaterThan(0.45);
      expect(r, `${channels[a]} and ${channels[b]}`).toBeLessThan(0.85);
    }
  });
});

describe('the planted events', () => {
  test.each([
    ['third-party', 0.7],
    ['in-house', 1],
    ['lost-customer', 2.5],
  ])('show South China lower in every item of %s', async (channel, tolerance) => {
    const items = itemsOf(channel, '2026Q3').filter((i) => i.indicator !== 'OSAT');
    const drops = await Promise.all(
      items.map((i) => excess(channel, '2026Q2', '2026Q3', i.indicator, (row) => row.大区 === '华南')),
    );
    expect(Math.abs(average(drops) - plantedPoints('south-drop'))).toBeLessThan(tolerance);
  });

  test.each(['third-party', 'in-house'])('show listening up nationwide in %s', async (channel) => {
    const change = async (indicator: string) => {
      const before = itemOf(channel, '2026Q2', indicator);
      const after = itemOf(channel, '2026Q3', indicator);
      const north = (row: Row) => row.大区 !== '华南';
      return (
        mean100((await rowsOf(channel, '2026Q3')).filter(north), after.column, after) -
        mean100((await rowsOf(channel, '2026Q2')).filter(north), before.column, before)
      );
    };
    const others = ['SI1', 'SI2', 'SA1', 'VP2', 'SQ1'];
    const usual = average(await Promise.all(others.map(change)));
    expect(Math.abs((await change('SA2')) - usual - plantedPoints('listening-rise'))).toBeLessThan(0.8);
  });

  test.each([
    ['third-party', 3],
    ['in-house', 4],
  ])('show Hangzhou lower in on-time hand-over alone in %s', async (channel, tolerance) => {
    const inHangzhou = (row: Row) => row.城市 === '杭州市';
    const late = await excess(channel, '2026Q2', '2026Q3', 'VP1', inHangzhou);
    expect(Math.abs(late - plantedPoints('hangzhou-late'))).toBeLessThan(tolerance);
    const others = ['SI1', 'SI2', 'SA1', 'VP2', 'SQ1'];
    const calm = await Promise.all(others.map((k) => excess(channel, '2026Q2', '2026Q3', k, inHangzhou)));
    expect(Math.abs(average(calm))).toBeLessThan(tolerance);
  });

  test('lower the in-house score of 2025Q4 by mix, not by any province', async () => {
    const level = async (quarter: string) => {
      const rows = await rowsOf('in-house', quarter);
      const asked = itemsOf('in-house', quarter).filter((i) => i.indicator !== 'OSAT');
      const score = (some: Row[]) => average(asked.map((i) => mean100(some, i.column, i)));
      const groups = Map.groupBy(rows, (row) => row.省份);
      const parts = [...groups].map(([name, some]) => ({
        name,
        share: some.length / rows.length,
        score: score(some),
      }));
      return new Map(parts.map((p) => [p.name, p]));
    };
    const before = await level('2025Q3');
    const after = await level('2025Q4');
    let rate = 0;
    let mix = 0;
    const whole = (m: typeof before) => [...m.values()].reduce((sum, p) => sum + p.share * p.score, 0);
    const middle = (whole(before) + whole(after)) / 2;
    for (const [name, a] of after) {
      const b = before.get(name)!;
      rate += ((a.share + b.share) / 2) * (a.score - b.score);
      mix += (a.share - b.share) * ((a.score + b.score) / 2 - middle);
    }
    expect(rate + mix).toBeCloseTo(whole(after) - whole(before), 9);
    expect(mix).toBeLessThan(-0.7);
    // The seasonal step from the third to the fourth quarter is 0.64 points on this channel.
    expect(Math.abs(rate - 0.64)).toBeLessThan(0.9);
  });

  test('leave the lounge unasked by the third party in 2025Q2 alone', async () => {
    for (const quarter of manifest.quarters) {
      const answered = (await rowsOf('third-party', quarter)).some((row) => row.休息区舒适度 !== '');
      expect(answered, quarter).toBe(quarter !== '2025Q2');
    }
  });

  test('show the funded measures of 2026 by their true effect', async () => {
    for (const { scope, indicator, actualPoints100 } of truth.planEffects) {
      const region = scope.slice('region:'.length);
      const steps = [];
      for (const [from, to] of [
        ['2025Q1', '2026Q1'],
        ['2025Q2', '2026Q2'],
      ] as const) {
        const here = (row: Row) => row.大区 === region;
        const other = ['SI1', 'SA2', 'VP2'];
        const drift = average(await Promise.all(other.map((k) => excess('third-party', from, to, k, here))));
        steps.push((await excess('third-party', from, to, indicator, here)) - drift);
      }
      expect(Math.abs(average(steps) - actualPoints100), `${region} ${indicator}`).toBeLessThan(1.5);
    }
  });
});

function correlation(x: number[], y: number[]): number {
  const [mx, my] = [average(x), average(y)];
  const sum = (f: (i: number) => number) => x.reduce((total, _, i) => total + f(i), 0);
  const cross = sum((i) => (x[i]! - mx) * (y[i]! - my));
  return cross / Math.sqrt(sum((i) => (x[i]! - mx) ** 2) * sum((i) => (y[i]! - my) ** 2));
}

function plantedPoints(id: string): number {
  return truth.events.find((event) => event.id === id)!.points100!;
}

/** Zip entries carry the time in steps of two seconds: a file that used the clock would differ after that. */
function afterTheNextZipTick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2100));
}

describe('the service visits', () => {
  test('hold the planted dealer, whose customers left at least half as often again as anywhere else', async () => {
    const lines = readFileSync(join(folder, 'all', manifest.visitFile), 'utf8')
      .trim()
      .split('\r\n')
      .slice(1);
    expect(lines.length).toBeGreaterThan(30_000);
    const last = new Map<string, { dealer: string; month: number }>();
    for (const line of lines) {
      const [vin, dealer, , date] = line.split(',') as [string, string, string, string];
      last.set(vin, { dealer, month: Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) });
    }
    const end = 2026 * 12 + 9;
    const rate = (keep: (dealer: string) => boolean) => {
      const own = [...last.values()].filter(({ dealer, month }) => keep(dealer) && end - month <= 12);
      return own.filter(({ month }) => end - month > 6).length / own.length;
    };
    const planted = truth.visits[0]!.scope.slice('dealer:'.length);
    expect(rate((dealer) => dealer === planted)).toBeGreaterThan(1.5 * rate((dealer) => dealer !== planted));
  });
});
