import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WeightRow } from '../../../../shared/calls/weights.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { type Session, startSession, testSession } from '../../../support/engine-session.ts';
import { importResponses } from '../../../support/small-studies.ts';
import {
  type Respondent,
  respondents,
  responsesMapping,
  scoreLines,
  scoresMapping,
  WEIGHTS,
  writeResponses,
  writeScores,
} from '../../../support/survey-files.ts';

const Q2 = parseQuarter('2026Q2')!;

const plainRows = (rows: WeightRow[]) =>
  rows.map(({ code, parent, role, name, weight }) => ({ code, parent, role, name, weight }));

async function load(session: Session, rows: Respondent[], file = 'a.csv') {
  return importResponses(session, rows, file);
}

const current = async (session: Session) =>
  (await session.call('weights.list', {})).find((set) => set.current)!;

const index = async (session: Session, basis: object = {}) =>
  (await session.call('overview.get', { scheme: 2, scope: 'overall', quarter: Q2, basis })).channels[0]!
    .score!;

/** The version in force with other weights of its items, saved. */
async function reweigh(session: Session, weights: Record<string, number>, makeCurrent: boolean) {
  const { rows } = await session.call('weights.get', { weightSet: (await current(session)).id });
  return session.call('weights.save', {
    note: JSON.stringify(weights),
    rows: plainRows(rows).map((row) => ({ ...row, weight: weights[row.code] ?? row.weight })),
    makeCurrent,
  });
}

describe('versions of the weights', () => {
  test('say who made them from what, and what is current', async () => {
    const session = await testSession();
    await load(session, respondents('2026Q2', 200));
    await reweigh(session, { A: 1, B: 1, C: 1 }, false);
    const sets = await session.call('weights.list', {});
    expect(
      sets.map(({ version, actor, fileName, current, items }) => [version, actor, fileName, current, items]),
    ).toEqual([
      [2, 'tester', null, false, 3],
      [1, '', 'a.csv', true, 3],
    ]);
    const { rows } = await session.call('weights.get', { weightSet: sets[1]!.id });
    expect(rows.map(({ code, share, asked }) => [code, Math.round(share * 1000) / 1000, asked])).toEqual([
      ['CSI', 0, false],
      ['F', 0, false],
      ['A', 0.462, true],
      ['B', 0.308, true],
      ['C', 0.231, true],
    ]);
  });

  test('change no figure until one is made current, and then exactly by R / sum R', async () => {
    const session = await testSession();
    await load(session, respondents('2026Q2', 400));
    const before = await index(session);
    const items = await Promise.all(
      ['A', 'B', 'C'].map(async (indicator) => {
        const { channels } = await session.call('overview.get', {
          scheme: 2,
          scope: 'overall',
          quarter: Q2,
          indicator,
        });
        return channels[0]!.score!.score100;
      }),
    );
    const weighted = (w: readonly number[]) =>
      items.reduce((sum, score, i) => sum + w[i]! * score, 0) / w.reduce((a, b) => a + b, 0);
    expect(before.score100).toBeCloseTo(weighted([WEIGHTS.A, WEIGHTS.B, WEIGHTS.C]), 9);
    const made = await reweigh(session, { A: 0, B: 1, C: 4 }, false);
    expect(await index(session)).toEqual(before);
    expect((await index(session, { weightSet: made.id })).score100).toBeCloseTo(weighted([0, 1, 4]), 9);
    await session.call('weights.activate', { weightSet: made.id });
    expect((await index(session)).score100).toBeCloseTo(weighted([0, 1, 4]), 9);
    await session.call('weights.activate', { weightSet: 1 });
    expect(await index(session)).toEqual(before);
  });

  test('made current put forecasts and plans made before out of date, and back in date when undone', async () => {
    const session = await testSession();
    const quarters = ['2025Q2', '2025Q3', '2025Q4', '2026Q1', '2026Q2'];
    await load(
      session,
      quarters.flatMap((quarter, i) => respondents(quarter, 300, i + 1)),
    );
    await session.call('forecast.run', { scheme: 2, quarters: [Q2 + 1] });
    const stale = async () => {
      const series = await session.call('forecast.series', {
        scheme: 2,
        channel: 'in-house',
        quarter: Q2 + 1,
      });
      return series.forecast!.stale;
    };
    expect(await stale()).toBe(false);
    const version = async () => (await session.call('app.status', {})).database!.dataVersion;
    const data = await version();
    await reweigh(session, { A: 9 }, false);
    expect([await stale(), await version()]).toEqual([false, data]);
    await reweigh(session, { A: 9 }, true);
    expect([await stale(), await version()]).toEqual([true, data + 1]);
    await session.call('weights.activate', { weightSet: 1 });
    expect(await stale()).toBe(false);
  });

  test('re-score years and quarters side by side with exact differences', async () => {
    const session = await testSession();
    await load(session, [...respondents('2025Q4', 300, 5), ...respondents('2026Q2', 300, 6)]);
    const made = await reweigh(session, { C: 0 }, false);
    const [own] = await session.call('weights.rescore', { scheme: 2, before: 1, after: made.id });
    expect(own!.periods.map(({ first, last }) => [first, last])).toEqual([
      [Q2 - 2, Q2 - 2],
      [Q2, Q2],
    ]);
    const now = own!.periods[1]!;
    expect(now.scores[0]).toEqual(await index(session));
    expect(now.scores[1]).toEqual(await index(session, { weightSet: made.id }));
    expect(now.difference).toBe(now.scores[1]!.score100 - now.scores[0]!.score100);
    const [item] = await session.call('weights.rescore', {
      scheme: 2,
      before: 1,
      after: made.id,
      indicator: 'A',
      by: 'quarter',
    });
    expect(item!.periods.map(({ difference }) => difference)).toEqual([0, 0]);
  });
});

describe('the tree', () => {
  test('takes new groups, moves, renames and drops what nothing asks', async () => {
    const session = await testSession();
    await load(session, respondents('2026Q2', 300));
    const { rows } = await session.call('weights.get', { weightSet: 1 });
    const name = { zh: '新组', en: 'New group' };
    const edited = [
      ...plainRows(rows)
        .filter(({ code }) => code !== 'F')
        .map((row) => (row.parent === 'F' ? { ...row, parent: 'G' } : row)),
      { code: 'G', parent: 'CSI', role: 'factor' as const, name, weight: 0 },
    ];
    const made = await session.call('weights.save', { rows: edited, makeCurrent: true });
    const { indicators } = await session.call('catalog.get', {});
    expect(indicators.map(({ code, parent }) => [code, parent])).toEqual([
      ['CSI', null],
      ['C', 'CSI'],
      ['G', 'CSI'],
      ['A', 'G'],
      ['B', 'G'],
    ]);
    const group = await session.call('overview.get', {
      scheme: 2,
      scope: 'overall',
      quarter: Q2,
      indicator: 'G',
    });
    const old = await session.call('overview.get', {
      scheme: 2,
      scope: 'overall',
      quarter: Q2,
      indicator: 'F',
      basis: { weightSet: 1 },
    });
    expect(group.channels[0]!.score).toEqual(old.channels[0]!.score);
    const changes = await session.call('weights.compare', { before: 1, after: made.id });
    expect(changes.map(({ code, kinds }) => [code, kinds])).toEqual([
      ['G', ['added']],
      ['A', ['moved']],
      ['B', ['moved']],
      ['F', ['removed']],
    ]);
  });

  test('cannot lose what a questionnaire asks, and a refusal changes nothing', async () => {
    const session = await testSession();
    await load(session, respondents('2026Q2', 100));
    const { rows } = await session.call('weights.get', { weightSet: 1 });
    const before = session.hash('whole');
    const lost = plainRows(rows).filter(({ code }) => code !== 'A');
    expect(await session.fault('weights.save', { rows: lost })).toMatchObject({
      code: 'weights-invalid',
      message: { zh: '指标体系不能保存：“A”有问卷题目在使用，不能删除。' },
    });
    expect((await session.fault('weights.activate', { weightSet: 77 })).code).toBe('weight-set-unknown');
    expect(session.hash('whole')).toBe(before);
  });
});

describe('an import beside edited versions', () => {
  test('adds its new items to the version in force, and undone falls back to that version', async () => {
    const session = await testSession();
    const first = await load(session, respondents('2026Q1', 100));
    const edited = await reweigh(session, { A: 7 }, true);
    const before = await session.call('weights.get', { weightSet: edited.id });
    const hash = session.hash();
    const mapping = scoresMapping();
    mapping.items!.push({ column: 'n', indicator: 'D', scale: { min: 0, max: 1000 } });
    mapping.indicators = [
      ...mapping.indicators!,
      { code: 'D', role: 'item', parent: 'F', name: { zh: 'D', en: 'D' }, weight: 2 },
    ];
    const batch = await session.call('import.commit', {
      path: writeScores(session.folder, 's.csv', scoreLines('2026Q2')),
      mapping,
    });
    const extended = await current(session);
    expect([extended.version, extended.fileName]).toEqual([3, 's.csv']);
    const { rows } = await session.call('weights.get', { weightSet: extended.id });
    expect(rows.map(({ code, weight }) => [code, weight])).toEqual([
      ['CSI', 0],
      ['F', 0],
      ['A', 7],
      ['B', WEIGHTS.B],
      ['D', 2],
      ['C', WEIGHTS.C],
    ]);
    await session.call('import.undo', { batch: batch.id });
    expect((await current(session)).id).toBe(edited.id);
    expect(await session.call('weights.get', { weightSet: edited.id })).toEqual(before);
    expect(session.hash()).toBe(hash);
    await session.call('import.undo', { batch: first.id });
    // The edited version rests on the indicators: they stay with it, and the file comes back under it.
    expect((await current(session)).id).toBe(edited.id);
    await load(session, respondents('2026Q1', 100));
    expect((await current(session)).id).toBe(edited.id);
  });

  test('brings back an indicator that people had dropped', async () => {
    const session = await testSession();
    const batch = await load(session, respondents('2026Q1', 100));
    await load(session, respondents('2026Q2', 100), 'b.csv');
    const { rows } = await session.call('weights.get', { weightSet: 1 });
    const tree = [
      ...plainRows(rows),
      { code: 'X', parent: 'CSI', role: 'item' as const, name: { zh: 'X', en: 'X' }, weight: 1 },
    ];
    await session.call('weights.save', { rows: tree, makeCurrent: true });
    await session.call('weights.save', { rows: plainRows(rows), makeCurrent: true });
    expect((await session.call('catalog.get', {})).indicators.map(({ code }) => code)).not.toContain('X');
    const mapping = responsesMapping({ questionnaire: '2027' });
    mapping.items[2]!.indicator = 'X';
    mapping.indicators = [
      ...mapping.indicators!,
      { code: 'X', role: 'item', parent: 'CSI', name: { zh: 'X', en: 'X' }, weight: 2 },
    ];
    await session.call('import.undo', { batch: batch.id });
    await session.call('import.commit', {
      path: writeResponses(session.folder, 'c.csv', respondents('2026Q3', 100)),
      mapping,
    });
    const { rows: now } = await session.call('weights.get', { weightSet: (await current(session)).id });
    expect(now.find(({ code }) => code === 'X')).toMatchObject({ weight: 2, parent: 'CSI', asked: true });
  });
});

describe('weights from a table', () => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession();
    await load(session, respondents('2026Q2', 50));
  });
  afterAll(() => session.close());

  const read = async (text: string) => {
    const path = join(session.folder, 'w.csv');
    writeFileSync(path, text);
    return session.call('weights.readTable', { path });
  };

  test('are found by code or name, and what is not understood is told row by row', async () => {
    expect(await read('指标,权重(%)\nA,40\nitem b,35%\nItem Z,5\nC,-1\n')).toEqual({
      weights: [
        { code: 'A', weight: 40 },
        { code: 'B', weight: 35 },
      ],
      problems: [
        { row: 4, value: 'Item Z', message: { zh: '找不到这个指标', en: 'there is no such indicator' } },
        {
          row: 5,
          value: '-1',
          message: { zh: '权重不是不小于 0 的数字', en: 'the weight is no number of at least 0' },
        },
      ],
    });
  });

  test('are refused without the two columns', async () => {
    const path = join(session.folder, 'x.csv');
    writeFileSync(path, 'a,b\n1,2\n');
    expect(await session.fault('weights.readTable', { path })).toMatchObject({
      code: 'weights-table',
      message: { en: expect.stringContaining('columns "indicator" (code or name) and "weight"') },
    });
  });

  test('come from pairwise judgements with their consistency', async () => {
    const matrix = [
      [1, 2, 5],
      [0.5, 1, 3],
      [0.2, 1 / 3, 1],
    ];
    const judged = await session.call('weights.judge', { matrix });
    expect(judged.weights.map((w) => Number(w.toFixed(4)))).toEqual([0.5816, 0.309, 0.1095]);
    expect(judged.consistencyRatio).toBeCloseTo(0.0032, 4);
    const fault = await session.fault('weights.judge', {
      matrix: [
        [1, 2],
        [2, 1],
      ],
    });
    expect(fault.code).toBe('weights-invalid');
  });
});
