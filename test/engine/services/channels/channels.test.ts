import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTable } from '../../../../electron/engine/importers/registry.ts';
import { findComparability } from '../../../../electron/engine/store/channels.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { aroundMigration } from '../../../support/old-database.ts';
import { importResponses, importScores } from '../../../support/small-studies.ts';
import {
  type Respondent,
  respondents,
  responsesMapping,
  scoreLines,
  writeResponses,
} from '../../../support/survey-files.ts';

const Q = (text: string) => parseQuarter(text)!;
const QUARTERS = ['2025Q3', '2025Q4', '2026Q1', '2026Q2', '2026Q3'];

let session: Session;
let scheme: number;
const answers = new Map<string, Respondent[]>();
const lines = new Map<string, string[]>();

beforeAll(async () => {
  session = await startSession();
  for (const [i, quarter] of QUARTERS.entries()) {
    const rows = respondents(quarter, 600, i + 1);
    answers.set(quarter, rows);
    lines.set(quarter, scoreLines(quarter, i + 1));
    await importResponses(session, rows, `own-${quarter}.csv`);
    await importScores(session, lines.get(quarter)!, `out-${quarter}.csv`);
  }
  scheme = (await session.call('catalog.get', {})).schemes.find((one) => one.regions > 0)!.id;
});
afterAll(() => session.close());

/** Weighted mean of item A of some respondents on 0-100. */
function meanA(rows: readonly Respondent[]): number {
  const known = rows.filter((row) => row.a !== null);
  const weight = known.reduce((sum, row) => sum + row.weight, 0);
  return known.reduce((sum, row) => sum + (row.weight * (row.a! - 1) * 100) / 9, 0) / weight;
}

describe('two channels side by side', () => {
  const input = () => ({ scheme, first: 'in-house', second: 'third-party', indicator: 'A' }) as const;

  test('have their overlap counted and every unit compared on the same quarters', async () => {
    const view = await session.call('channels.pair', {
      ...input(),
      period: { first: Q('2026Q2'), last: Q('2026Q2') },
    });
    const rows = answers.get('2026Q2')!;
    expect(view.common).toEqual(QUARTERS.map(Q));
    expect(view.used).toEqual([Q('2026Q2')]);
    expect(view.first.respondents).toBe(rows.length);
    expect(view.first.units).toBe(new Set(rows.map((row) => row.dealer)).size);
    expect(view.commonUnits).toBe(view.first.units);
    expect(view.indicators.map(({ code }) => code)).toEqual(['', 'F', 'A', 'B']);
    expect(view.first.score!.score100).toBeCloseTo(meanA(rows), 8);
    const unit = view.units[0]!;
    const code = unit.scope.slice('dealer:'.length);
    expect(unit.first.score100).toBeCloseTo(meanA(rows.filter((row) => row.dealer === code)), 8);
    expect(unit.difference.points100).toBeCloseTo(unit.first.score100 - unit.second.score100, 10);
    expect(view.pooled!.points100).toBeCloseTo(view.first.score!.score100 - view.second.score!.score100, 10);
    expect(view.paired).toMatchObject({ kind: 'difference', units: view.units.length });
    if (view.paired.kind === 'difference') {
      expect(view.paired.low).toBeLessThan(view.paired.mean);
      expect(view.paired.high).toBeGreaterThan(view.paired.mean);
    }
    expect(view.agreement!.units).toBe(view.units.length);
  });

  test('say what their figures are made of, and why the pair has its grade', async () => {
    const index = await session.call('channels.pair', { ...input(), indicator: '' });
    expect(index.items).toEqual({ shared: 2, onlyFirst: 1, onlySecond: 0 });
    expect(index.comparability.found).toEqual({
      questions: 2,
      sameScale: 0,
      sameWording: 2,
      firstScales: expect.arrayContaining([
        { min: 1, max: 10 },
        { min: 1, max: 5 },
      ]),
      secondScales: [{ min: 0, max: 1000 }],
      bothCustomers: true,
    });
  });

  test('are followed over time, with too few changes said to be so', async () => {
    const view = await session.call('channels.pair', input());
    expect(view.overTime.points.map(({ quarter }) => quarter)).toEqual(QUARTERS.map(Q));
    expect(view.overTime.changes).toMatchObject({ kind: 'correlation', n: 4 });
    const short = await session.call('channels.pair', {
      ...input(),
      second: 'third-party',
      scope: 'overall',
      indicator: '',
    });
    expect(short.byIndicator.map(({ code }) => code)).toEqual(['', 'F', 'A', 'B']);
    expect(await session.fault('channels.pair', { ...input(), second: 'in-house' })).toMatchObject({
      code: 'channels-same',
    });
  });

  test('of a single dealer are that dealer alone', async () => {
    const dealer = answers.get('2026Q2')![0]!.dealer;
    const view = await session.call('channels.pair', { ...input(), scope: `dealer:${dealer}` });
    expect(view.units.map(({ scope }) => scope)).toEqual([`dealer:${dealer}`]);
    expect(view.paired).toEqual({ kind: 'too-few', units: 1 });
  });

  test('are graded as the questionnaires suggest until somebody declares otherwise', async () => {
    const before = (await session.call('channels.pair', input())).comparability;
    expect(before).toMatchObject({
      suggested: { population: 'similar', scale: 'different' },
      declared: null,
    });
    const declared = { scale: 'same', population: 'same', question: 'similar', note: '同一批客户' } as const;
    const after = await session.call('channels.declare', {
      first: 'third-party',
      second: 'in-house',
      declared,
    });
    expect(after.declared).toMatchObject({ ...declared, grade: 'B' });
    const [entry] = await session.call('audit.list', { limit: 1 });
    expect(entry).toMatchObject({
      action: 'comparability.declare',
      detail: { after: { note: '同一批客户' } },
    });
    const undone = await session.call('channels.declare', {
      first: 'in-house',
      second: 'third-party',
      declared: null,
    });
    expect(undone.declared).toBeNull();
  });

  test('show which question of which wave measures each indicator, and are written to files', async () => {
    const { rows } = await session.call('channels.crosswalk', {});
    const a = rows.find((row) => row.indicator === 'A')!;
    expect(a.questions.map(({ channel, scale }) => [channel, scale.max])).toEqual([
      ['in-house', 10],
      ['third-party', 1000],
    ]);
    expect(a.questions[0]).toMatchObject({ firstQuarter: Q('2025Q3'), lastQuarter: Q('2026Q3') });
    for (const what of [
      { kind: 'crosswalk' },
      { kind: 'pair', input: input() },
      { kind: 'place', input: { scheme, scope: 'overall' } },
    ] as const)
      for (const format of ['csv', 'xlsx']) {
        const path = join(session.folder, `${what.kind}.${format}`);
        await session.call('channels.export', { path, language: 'zh-CN', what });
        const table = await openTable(path);
        expect(table.format).toBe(format);
        let count = 0;
        for await (const _ of table.rows()) count++;
        expect(count).toBeGreaterThan(1);
        await table.close();
      }
  });
});

describe('one place in all channels', () => {
  test('has native and harmonised scores of each, and every pair tested', async () => {
    const rows = answers.get('2026Q3')!;
    const dealer = rows[0]!.dealer;
    const own = rows.filter((row) => row.dealer === dealer);
    const view = await session.call('channels.place', { scheme, scope: `dealer:${dealer}` });
    expect(view.channels.map(({ channel }) => channel)).toEqual(['third-party', 'in-house']);
    const a = view.rows.find((row) => row.indicator === 'A')!;
    expect(a.scores[1]!.score100).toBeCloseTo(meanA(own), 8);
    expect(a.scores[1]!.native).toBeCloseTo((meanA(own) / 100) * 9 + 1, 8);
    const reported = lines
      .get('2026Q3')!
      .map((line) => line.split(','))
      .find((cells) => cells[1] === dealer)!;
    expect(a.scores[0]!.native).toBeCloseTo(Number(reported[6]), 6);
    expect(a.pairs).toHaveLength(1);
    expect(a.pairs[0]!.difference.points100).toBeCloseTo(a.scores[0]!.score100 - a.scores[1]!.score100, 8);
    expect(view.channels[1]!.trend.map(({ quarter }) => quarter)).toEqual(QUARTERS.map(Q));
    const c = view.rows.find((row) => row.indicator === 'C')!;
    expect(c.scores[0]).toBeNull();
    expect(c.pairs).toEqual([]);
  });

  test('can be read over four quarters, with the base of all of them', async () => {
    const one = await session.call('channels.place', { scheme, scope: 'overall' });
    const four = await session.call('channels.place', { scheme, scope: 'overall', quarters: 4 });
    const base = (view: typeof one) => view.rows.find((row) => row.indicator === 'A')!.scores[1]!.n;
    const counted = (quarters: readonly string[]) =>
      quarters.flatMap((quarter) => answers.get(quarter)!).filter((row) => row.a !== null).length;
    expect(base(one)).toBe(counted(QUARTERS.slice(-1)));
    expect(base(four)).toBe(counted(QUARTERS.slice(-4)));
    expect(four.channels[1]!.quarters).toEqual(QUARTERS.slice(-4).map(Q));
  });
});

describe('two questionnaires', () => {
  test('of one study are linked over the quarter that both were in the field', async () => {
    const rows = respondents('2026Q3', 500, 77).map((row) => ({
      ...row,
      id: `new ${row.id}`,
      a: row.a === null ? null : 10,
    }));
    await session.call('import.commit', {
      path: writeResponses(session.folder, 'new.csv', rows),
      mapping: responsesMapping({ questionnaire: '2027' }),
    });
    const segments = (await session.call('channels.segments', {})).filter(
      ({ channel }) => channel === 'in-house',
    );
    expect(segments.map(({ version, quarters }) => [version, quarters.length])).toEqual([
      ['2026', 5],
      ['2027', 1],
    ]);
    const [older, newer] = segments.map(({ questionnaire }) => questionnaire) as [number, number];
    const view = await session.call('channels.link', { scheme, indicator: 'A', older, newer });
    if (view.linked.kind !== 'linked') throw new Error(view.linked.kind);
    expect(view.linked.overlap).toEqual([Q('2026Q3')]);
    expect(view.linked.shift).toBeCloseTo(100 - meanA(answers.get('2026Q3')!), 8);
    const first = view.linked.points[0]!;
    expect(first.score).toBeCloseTo(meanA(answers.get('2025Q3')!) + view.linked.shift, 8);
    expect(first.standardError).toBeGreaterThan(view.linked.shiftError);
    expect(await session.fault('channels.link', { scheme, older, newer: 999 })).toMatchObject({
      code: 'segment-unknown',
    });
  });
});

test('a database from before declarations has none', () => {
  const { open, step } = aroundMigration('comparability');
  open(step).close();
  const after = open(step + 1);
  expect(findComparability(after.connection, 'third-party', 'in-house')).toBeUndefined();
  after.close();
});

describe('channels that have nothing in common', () => {
  const both = (name: string) => ({ zh: name, en: name });
  const other = () => ({
    ...responsesMapping(),
    study: { code: 'else', channel: 'third-party' as const, name: both('Another study') },
    items: [{ column: 'a', indicator: 'X', scale: { min: 1, max: 10 }, missing: [98, 99] }],
    indicators: [
      { code: 'CSI', role: 'index' as const, name: both('CSI') },
      { code: 'X', role: 'item' as const, parent: 'CSI', name: both('Item X'), weight: 1 },
    ],
  });
  const importOther = (to: Session, mapping: ReturnType<typeof responsesMapping>, quarter: string) =>
    to.call('import.commit', {
      path: writeResponses(to.folder, `else-${quarter}.csv`, respondents(quarter, 300, 9)),
      mapping,
    });

  async function unlike(quarter: string) {
    const own = await startSession();
    await importResponses(own, respondents('2026Q1', 300, 3));
    await importOther(own, other(), quarter);
    const { schemes } = await own.call('catalog.get', {});
    return { own, scheme: schemes.find((one) => one.regions > 0)!.id };
  }

  test('have no index that could be compared, although both have one', async () => {
    const { own, scheme } = await unlike('2026Q1');
    const view = await own.call('channels.pair', { scheme, first: 'in-house', second: 'third-party' });
    expect(view).toMatchObject({
      indicators: [],
      items: { shared: 0 },
      pooled: null,
      agreement: null,
      units: [],
    });
    expect(view.comparability.suggested.grade).toBe('D');
    expect(view.first.units).toBeGreaterThan(0);
    const place = await own.call('channels.place', { scheme, scope: 'overall' });
    expect(place.rows[0]!.scores.every((score) => score !== null)).toBe(true);
    expect(place.rows.flatMap(({ pairs }) => pairs)).toEqual([]);
    await own.close();
  });

  test('are not tested over different quarters, and the screen says whose figures are older', async () => {
    const own = await startSession();
    await importResponses(own, respondents('2026Q2', 600, 1));
    await importScores(own, scoreLines('2026Q1'));
    const { schemes } = await own.call('catalog.get', {});
    const scheme = schemes.find((one) => one.regions > 0)!.id;
    const place = await own.call('channels.place', { scheme, scope: 'overall' });
    expect(place.rows.flatMap(({ pairs }) => pairs)).toEqual([]);
    expect(place.notes.map(({ en }) => en)).toEqual([
      'Third-party study has nothing in 2026Q2; its figures are of 2026Q1. Figures of different quarters are not tested.',
    ]);
    const earlier = await own.call('channels.pair', { scheme, first: 'in-house', second: 'third-party' });
    expect(earlier.used).toEqual([]);
    expect(earlier.first.units).toBeGreaterThan(0);
    expect(earlier.second.units).toBeGreaterThan(0);
    await own.close();
  });
});
