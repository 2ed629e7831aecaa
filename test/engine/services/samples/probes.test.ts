import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectReader } from '../../../../electron/engine/store/database.ts';
import type { ProbeResult } from '../../../../shared/calls/probes.ts';
import type { CallInput } from '../../../../shared/contract.ts';
import { PROBE_PRESETS } from '../../../../shared/domain/probe.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { importResponses, importScores } from '../../../support/small-studies.ts';
import { respondents, scoreLines, WEIGHTS } from '../../../support/survey-files.ts';

type Definition = CallInput<'probes.try'>['definition'];

const FIRST = parseQuarter('2025Q1')!;
const QUARTERS = ['2025Q1', '2025Q2', '2025Q3', '2025Q4', '2026Q1', '2026Q2'];

let session: Session;

beforeAll(async () => {
  session = await startSession();
  for (const [i, quarter] of QUARTERS.entries())
    await importResponses(session, respondents(quarter, 900, 20 + i), `${quarter}.csv`);
  await importScores(session, scoreLines('2026Q2'));
});
afterAll(() => session.close());

const base = { scheme: 2, channel: 'in-house', level: 'dealer' } as const;
const run = (definition: Omit<Definition, keyof typeof base> & Partial<Definition>): Promise<ProbeResult> =>
  session.call('probes.try', { definition: { ...base, ...definition } });

/** unit, indicator, quarter, score, sorted. */
function flat({ units }: ProbeResult): [string, string, number, number][] {
  return units
    .flatMap(({ unit, indicator, hits }) =>
      hits.map(({ quarter, score }): [string, string, number, number] => [
        unit,
        indicator,
        quarter,
        score.score100,
      ]),
    )
    .sort((a, b) => `${a.slice(0, 3)}`.localeCompare(`${b.slice(0, 3)}`));
}

function sql(statement: string): [string, string, number, number][] {
  const reader = connectReader(join(session.folder, 'work.csi'));
  try {
    return reader
      .prepare<[], [string, string, number, number]>(statement)
      .raw()
      .all()
      .sort((a, b) => `${a.slice(0, 3)}`.localeCompare(`${b.slice(0, 3)}`));
  } finally {
    reader.close();
  }
}

function expectSame(found: [string, string, number, number][], wanted: [string, string, number, number][]) {
  expect(wanted.length).toBeGreaterThan(3);
  expect(found.map((hit) => hit.slice(0, 3))).toEqual(wanted.map((hit) => hit.slice(0, 3)));
  found.forEach((hit, i) => {
    expect(hit[3]).toBeCloseTo(wanted[i]![3], 8);
  });
}

/** Scores of dealers by item and quarter, straight from the cells. */
const SCORES = `
  SELECT 'dealer:' || d.code AS unit, i.code AS item, c.quarter, sum(c.sum_wx) / sum(c.sum_w) AS score,
    sum(c.sum_w) * sum(c.sum_w) / sum(c.sum_w2) AS n_eff
  FROM cells c JOIN dealers d ON d.id = c.dealer_id JOIN indicators i ON i.id = c.indicator_id
    JOIN import_batches b ON b.id = c.batch_id JOIN studies s ON s.id = b.study_id
  WHERE s.channel = 'in-house' AND b.state = 'committed' GROUP BY 1, 2, 3`;

describe('hits equal a query written by hand over the cells', () => {
  test('for a score range with a base', async () => {
    const found = await run({
      indicators: ['A', 'C'],
      conditions: [
        { kind: 'score', from: 40, to: 48 },
        { kind: 'base', atLeast: 35 },
      ],
    });
    expectSame(
      flat(found),
      sql(`WITH f AS (${SCORES}) SELECT unit, item, quarter, score FROM f
        WHERE item IN ('A', 'C') AND score BETWEEN 40 AND 48 AND n_eff >= 35`),
    );
  });

  test('for the worst fifth of each quarter on the index, at least twice in the last three', async () => {
    const found = await run({ conditions: [{ kind: 'percentile', atMost: 0.2 }], of: 3, atLeast: 2 });
    const total = WEIGHTS.A + WEIGHTS.B + WEIGHTS.C;
    expectSame(
      flat(found),
      sql(`WITH f AS (${SCORES}),
        indices AS (
          SELECT unit, quarter, sum(score * CASE item WHEN 'A' THEN 3 WHEN 'B' THEN 2 ELSE 1.5 END) / ${total} AS score,
            max(n_eff) AS n_eff
          FROM f WHERE item IN ('A', 'B', 'C') GROUP BY unit, quarter),
        ranked AS (
          SELECT unit, quarter, score, rank() OVER (PARTITION BY quarter ORDER BY score) AS place,
            count(*) OVER (PARTITION BY quarter) AS peers
          FROM indices WHERE n_eff >= 30),
        hit AS (SELECT * FROM ranked WHERE (place - 1.0) / (peers - 1) <= 0.2)
        SELECT unit, '', quarter, score FROM hit h
        WHERE (SELECT count(*) FROM hit o WHERE o.unit = h.unit AND o.quarter BETWEEN h.quarter - 2 AND h.quarter) >= 2`),
    );
  });

  test('for a fall against the same quarter of last year in one region', async () => {
    const found = await run({
      indicators: [],
      within: 'region:North',
      conditions: [{ kind: 'change', lag: 4, to: -1 }],
    });
    expectSame(
      flat(found),
      sql(`WITH f AS (${SCORES})
        SELECT now.unit, now.item, now.quarter, now.score FROM f now
        JOIN f old ON old.unit = now.unit AND old.item = now.item AND old.quarter = now.quarter - 4
        WHERE now.score - old.score <= -1 AND now.unit LIKE 'dealer:N%'`),
    );
  });

  test('for a gap to another channel in one quarter', async () => {
    const found = await run({
      indicators: ['A', 'B'],
      quarters: { from: FIRST + 5, to: FIRST + 5 },
      conditions: [{ kind: 'channel-gap', channel: 'third-party', to: -20 }],
    });
    expectSame(
      flat(found),
      sql(`WITH f AS (${SCORES}), other AS (${SCORES.replace("'in-house'", "'third-party'")})
        SELECT f.unit, f.item, f.quarter, f.score FROM f
        JOIN other o ON o.unit = f.unit AND o.item = f.item AND o.quarter = f.quarter
        WHERE f.score - o.score <= -20 AND f.quarter = ${FIRST + 5}`),
    );
  });
});

describe('a probe', () => {
  test('tells of each hit the path, rank, peers, values and the waves around it', async () => {
    const { units, looked, quarters } = await run({
      indicators: ['A'],
      conditions: [
        { kind: 'rank', worst: 1 },
        { kind: 'change', lag: 1, to: 100 },
      ],
    });
    expect(quarters).toHaveLength(6);
    expect(looked).toBe(15 * 6);
    expect(units.flatMap(({ hits }) => hits)).toHaveLength(5);
    for (const unit of units)
      for (const hit of unit.hits) {
        expect(hit).toMatchObject({ rank: 1, peers: 15, ofWaves: Math.min(4, hit.quarter - FIRST + 1) });
        const wave = unit.waves.find(({ quarter }) => quarter === hit.quarter)!;
        const before = unit.waves.find(({ quarter }) => quarter === hit.quarter - 1)!;
        expect(wave).toMatchObject({ hit: true, score100: hit.score.score100 });
        expect(hit.values[1]).toBeCloseTo(wave.score100! - before.score100!, 9);
        expect(unit.path.length).toBe(3);
      }
  });

  test('looks through saved samples as through places', async () => {
    for (const sex of ['f', 'm'])
      await session.call('samples.save', { name: sex, filter: { attributes: { sex: [sex] } } });
    const { units } = await run({
      level: 'sample',
      indicators: ['A'],
      conditions: [{ kind: 'rank', worst: 1 }],
    });
    expect(units.flatMap(({ hits }) => hits)).toHaveLength(6);
    expect(new Set(units.map(({ name }) => name.zh)).size).toBeLessThanOrEqual(2);
  });

  test('becomes a sample of exactly what it found', async () => {
    const definition = {
      ...base,
      indicators: ['A'],
      quarters: { from: FIRST + 5, to: FIRST + 5 },
      conditions: [{ kind: 'rank' as const, worst: 3 }],
    };
    const { units } = await session.call('probes.try', { definition });
    const sample = await session.call('probes.sample', { definition, name: 'weak' });
    expect(sample.filter.hits!.map(({ scope }) => scope).sort()).toEqual(
      units.map(({ unit }) => unit).sort(),
    );
    const preview = await session.call('samples.preview', { scheme: 2, filter: sample.filter });
    const own = preview.channels.find(({ channel }) => channel === 'in-house')!;
    expect(own).toMatchObject({ dealers: 3, quarters: [{ quarter: FIRST + 5 }] });
    const all = await session.call('probes.sample', { definition, name: 'weak ones', quarters: 'all' });
    expect(all.filter.scopes).toHaveLength(3);
    const none = await session.fault('probes.sample', {
      definition: { ...definition, conditions: [{ kind: 'score', to: 0 }] },
      name: 'nothing',
    });
    expect(none.code).toBe('probe-without-hits');
  });

  test('keeps its runs, and says what came and went between two of them', async () => {
    const definition = { ...base, indicators: ['A'], conditions: [{ kind: 'score' as const, to: 47 }] };
    const saved = await session.call('probes.save', { name: 'low', definition });
    const first = await session.call('probes.run', { id: saved.id });
    await importResponses(session, respondents('2026Q3', 900, 99), 'more.csv');
    const second = await session.call('probes.run', { id: saved.id });
    const runs = await session.call('probes.runs', { id: saved.id });
    expect(runs.map(({ id, hits }) => [id, hits])).toEqual([
      [second.run, second.hits],
      [first.run, first.hits],
    ]);
    expect(runs[0]).toMatchObject({ actor: 'tester', changed: false });
    expect(runs[0]!.dataVersion).toBeGreaterThan(runs[1]!.dataVersion);
    const difference = await session.call('probes.compare', { before: first.run!, after: second.run! });
    expect(difference.gone).toEqual([]);
    expect(difference.kept).toBe(first.hits);
    expect(difference.appeared.length).toBe(second.hits - first.hits);
    expect(difference.appeared.every(({ quarter }) => quarter === FIRST + 6)).toBe(true);
    await session.call('probes.save', { id: saved.id, name: 'low', definition: { ...definition, of: 5 } });
    expect((await session.call('probes.runs', { id: saved.id }))[0]!.changed).toBe(true);
    await session.call('probes.delete', { id: saved.id });
    expect(await session.call('probes.list', {})).toEqual([]);
  });

  test('writes every hit to a table, with its conditions as columns', async () => {
    const definition = { ...base, indicators: ['A'], conditions: [{ kind: 'rank' as const, worst: 1 }] };
    const path = join(session.folder, 'hits.csv');
    await session.call('probes.export', { definition, path, language: 'en' });
    const lines = readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/);
    const { hits } = await session.call('probes.try', { definition });
    expect(lines).toHaveLength(hits + 1);
    expect(lines[0]).toContain('among the last 1');
  });

  test('that names what is not there is refused', async () => {
    const fault = async (definition: object) =>
      (
        await session.fault('probes.try', {
          definition: { ...base, conditions: [{ kind: 'score', to: 1 }], ...definition },
        })
      ).code;
    expect(await fault({ scheme: 77 })).toBe('scheme-unknown');
    expect(await fault({ within: 'city:1' })).toBe('scope-unknown');
    expect(await fault({ indicators: ['no'] })).toBe('indicator-unknown');
    expect(await fault({ channel: 'lost-sale' })).toBe('channel-without-data');
    expect(await fault({ conditions: [] })).toBe('call-input-invalid');
    expect(await fault({ of: 2, atLeast: 3 })).toBe('call-input-invalid');
  });
});

test.each(PROBE_PRESETS.map((preset) => [preset.code, preset] as const))(
  'the preset %s runs as it stands',
  async (_, { probe }) => {
    const result = await session.call('probes.try', {
      definition: { scheme: 2, channel: 'in-house', ...probe },
    });
    expect(result.looked).toBeGreaterThan(0);
  },
);

describe('a probe that has nothing to compare with', () => {
  const notesOf = async (change: Parameters<typeof run>[0]) =>
    (await run(change)).notes.map(({ en }) => en).join(' ');

  test('says so of a channel compared with itself, of one without data and of a step without a quarter', async () => {
    const gap = (channel: 'in-house' | 'lost-sale') => ({ kind: 'channel-gap' as const, channel, to: -5 });
    expect(await notesOf({ conditions: [gap('in-house')] })).toContain('compared with itself');
    expect(await notesOf({ conditions: [gap('lost-sale')] })).toContain('has no data of these units');
    const change = { kind: 'change' as const, lag: 40, to: -5 };
    expect(await notesOf({ conditions: [change] })).toContain('No figure has an earlier one');
    expect(await notesOf({ conditions: [{ ...change, lag: 1 }] })).toBe('');
  });

  test('says so of a rank that everybody has', async () => {
    const rank = (worst: number) => ({
      level: 'region' as const,
      conditions: [{ kind: 'rank' as const, worst }],
    });
    expect(await notesOf(rank(1))).not.toContain('At most');
    expect(await notesOf(rank(50))).toMatch(/At most \d units are compared/);
  });
});
