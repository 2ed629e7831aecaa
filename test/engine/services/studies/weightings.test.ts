import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { rake } from '../../../../shared/domain/score/rake.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import { importResponses, importScores } from '../../../support/small-studies.ts';
import { type Respondent, respondents, scoreLines } from '../../../support/survey-files.ts';

const Q1 = parseQuarter('2026Q1')!;
const Q2 = Q1 + 1;
const QUARTERS = { from: Q2, to: Q2 };
const TARGETS = [
  { value: 'f', share: 70 },
  { value: 'm', share: 30 },
];

async function loaded(): Promise<{ session: Session; rows: Respondent[] }> {
  const session = await testSession();
  const rows = [...respondents('2026Q1', 500, 3), ...respondents('2026Q2', 700, 4)];
  await importResponses(session, rows);
  await importScores(session, scoreLines('2026Q2'));
  return { session, rows };
}

const definition = (more: object = {}) => ({
  scheme: 2,
  channel: 'in-house' as const,
  quarters: QUARTERS,
  margins: [{ dimension: 'attribute:sex', targets: TARGETS }],
  ...more,
});

const itemA = async (session: Session, quarter: number, basis: object = {}, channel = 'in-house') => {
  const { channels } = await session.call('overview.get', {
    scheme: 2,
    scope: 'overall',
    quarter,
    indicator: 'A',
    basis,
  });
  return channels.find((one) => one.channel === channel)!.score!;
};

describe('raking', () => {
  test('offers the attributes and places with their present shares', async () => {
    const { session, rows } = await loaded();
    const choices = await session.call('weightings.choices', {
      scheme: 2,
      channel: 'in-house',
      quarters: QUARTERS,
    });
    expect(choices.map(({ dimension }) => dimension)).toEqual(['region', 'province', 'attribute:sex']);
    const sex = choices[2]!;
    const own = rows.filter(({ id }) => id.startsWith('2026Q2'));
    expect(sex.unknown).toBe(own.filter(({ sex }) => sex === '').length);
    const known = own.filter(({ sex }) => sex !== '');
    const total = known.reduce((sum, row) => sum + row.weight, 0);
    const women = known.reduce((sum, row) => sum + (row.sex === 'f' ? row.weight : 0), 0);
    expect(sex.categories.find(({ value }) => value === 'f')!.share).toBeCloseTo((100 * women) / total, 9);
  });

  test('meets its targets, and the card says how', async () => {
    const { session, rows } = await loaded();
    const region = [
      { value: 'region:East', share: 40 },
      { value: 'region:North', share: 20 },
      { value: 'region:South', share: 30 },
      { value: 'region:West', share: 10 },
    ];
    const card = await session.call(
      'weightings.preview',
      definition({
        margins: [
          { dimension: 'attribute:sex', targets: TARGETS },
          { dimension: 'region', targets: region },
        ],
      }),
    );
    const [quarter] = card.quarters;
    expect(quarter).toMatchObject({ quarter: Q2, respondents: 700, converged: true, empty: [] });
    expect(quarter!.nEff).toBeCloseTo(700 / quarter!.designEffect, 9);
    for (const { after, target } of card.margins.flatMap(({ categories }) => categories))
      expect(after).toBeCloseTo(target, 3);
    const own = rows.filter(({ id }) => id.startsWith('2026Q2'));
    const regions = ['East', 'North', 'South', 'West'];
    const again = rake(
      own.map(({ weight }) => weight),
      [
        { name: 's', categories: own.map(({ sex }) => ['f', 'm'].indexOf(sex)), targets: [70, 30] },
        { name: 'r', categories: own.map((row) => regions.indexOf(row.region)), targets: [40, 20, 30, 10] },
      ],
    );
    expect(quarter!.designEffect).toBeCloseTo(again.designEffect, 6);
    expect(quarter!.largestWeight).toBeCloseTo(again.largestWeight, 6);
  });

  test('says what cannot be reached', async () => {
    const { session } = await loaded();
    const card = await session.call(
      'weightings.preview',
      definition({
        margins: [{ dimension: 'attribute:sex', targets: [...TARGETS, { value: 'x', share: 10 }] }],
      }),
    );
    expect(card.quarters[0]).toMatchObject({
      converged: false,
      empty: [{ dimension: 'attribute:sex', value: 'x' }],
    });
    const fault = (more: object) => session.fault('weightings.preview', definition(more));
    expect((await fault({ margins: [{ dimension: 'attribute:zz', targets: TARGETS }] })).code).toBe(
      'weighting-margin-unknown',
    );
    const nobody = [{ dimension: 'attribute:sex', targets: [{ value: 'x', share: 1 }] }];
    const refused = await fault({ margins: nobody });
    expect(refused.code).toBe('weighting-no-target');
    expect(JSON.stringify(refused)).not.toContain('attribute:');
    expect((await fault({ channel: 'third-party' })).code).toBe('weighting-margin-unknown');
    expect((await fault({ quarters: { from: Q2 + 4, to: Q2 + 4 } })).code).toBe('weighting-no-answers');
  });
});

test('a margin without a target for everybody tells who keeps the weight, in whose shares they are not', async () => {
  const { session, rows } = await loaded();
  const [first, second] = TARGETS;
  const card = await session.call(
    'weightings.preview',
    definition({ margins: [{ dimension: 'attribute:sex', targets: [first!] }] }),
  );
  const [margin] = card.margins;
  const left = rows.filter(({ id, sex }) => id.startsWith('2026Q2') && sex === second!.value);
  expect(margin!.untargeted).toEqual([{ label: expect.anything(), n: left.length }]);
  expect(left.length).toBeGreaterThan(0);
  expect(margin!.categories).toHaveLength(1);
  expect(margin!.categories[0]!.after).toBeCloseTo(100, 9);
});

describe('a kept weighting', () => {
  test('weighs every figure made on it as the raked respondents say, and no other', async () => {
    const { session, rows } = await loaded();
    const before = await itemA(session, Q2);
    const made = await session.call('weightings.save', { ...definition(), name: 'by sex' });
    expect(made).toMatchObject({ name: 'by sex', actor: 'tester', outdated: false });
    const own = rows.filter(({ id }) => id.startsWith('2026Q2'));
    const { weights } = rake(
      own.map(({ weight }) => weight),
      [{ name: 's', categories: own.map(({ sex }) => ['f', 'm'].indexOf(sex)), targets: [70, 30] }],
    );
    const answered = own.flatMap((row, i) =>
      row.a === null ? [] : [{ w: weights[i]!, x: ((row.a - 1) / 9) * 100 }],
    );
    const sum = (of: (one: { w: number; x: number }) => number) =>
      answered.reduce((t, one) => t + of(one), 0);
    const now = await itemA(session, Q2, { weighting: made.id });
    expect(now.score100).toBeCloseTo(sum(({ w, x }) => w * x) / sum(({ w }) => w), 8);
    expect(now.nEff).toBeCloseTo(sum(({ w }) => w) ** 2 / sum(({ w }) => w * w), 6);
    expect(await itemA(session, Q2)).toEqual(before);
    const outside = await itemA(session, Q1, { weighting: made.id });
    expect(outside.score100).toBeCloseTo((await itemA(session, Q1)).score100, 9);
    expect(await itemA(session, Q2, { weighting: made.id }, 'third-party')).toEqual(
      await itemA(session, Q2, {}, 'third-party'),
    );
  });

  test('goes without a trace when deleted, and its import when undone', async () => {
    const { session } = await loaded();
    const clean = session.hash('whole');
    const made = await session.call('weightings.save', { ...definition(), name: 'a' });
    const twice = await session.fault('weightings.save', { ...definition(), name: 'a' });
    expect(twice.code).toBe('weighting-name-taken');
    await session.call('weightings.delete', { id: made.id });
    expect(session.hash('whole')).toBe(clean);
    const gone = { scheme: 2, scope: 'overall', basis: { weighting: made.id } };
    expect((await session.fault('overview.get', gone)).code).toBe('weighting-unknown');
    const again = await session.call('weightings.save', { ...definition(), name: 'b' });
    const more = await importResponses(session, respondents('2026Q3', 60, 9), 'b.csv');
    expect((await session.call('weightings.list', {}))[0]!.outdated).toBe(true);
    await session.call('import.undo', { batch: more.id });
    expect((await session.call('weightings.list', {}))[0]).toEqual(again);
  });
});

describe('targets from a table', () => {
  test('come as category and share, by attribute where there are several', async () => {
    const session = await testSession();
    const path = join(session.folder, 't.csv');
    writeFileSync(path, '属性,类别,目标占比(%)\n性别,女,52%\n性别,男,48\n,,\n');
    expect(await session.call('weightings.readTable', { path })).toEqual({
      rows: [
        { dimension: '性别', category: '女', share: 52 },
        { dimension: '性别', category: '男', share: 48 },
      ],
    });
    writeFileSync(path, 'x,y\n1,2\n');
    expect((await session.fault('weightings.readTable', { path })).code).toBe('weighting-table');
  });
});
